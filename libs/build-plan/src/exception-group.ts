const HEAD = /^\s*\+ Exception Group Traceback/;
const PARTS = /^\s*\+-\+-{4,} 1 -{4,}/;
const NEXT = /^\s*\+-{4,}/;

/** Whether a traceback of several exceptions at once starts here. */
export const isGroup = (line: string): boolean => HEAD.test(line);

/** The lines of a log with each group of exceptions told as the first of them alone; no line moves. */
export function firstOfGroup(log: readonly string[]): readonly string[] {
  if (!log.some(isGroup)) return log;
  let inside = false;
  let told = false;
  return log.map((line, index) => {
    if (isGroup(line)) {
      if (!inside) told = false;
      inside = true;
      return told ? '' : 'Traceback (most recent call last):';
    }
    if (inside && !/^\s*[|+]/.test(line)) inside = false;
    if (!inside) return line;
    if (NEXT.test(line)) told = true;
    const isTitle = PARTS.test(log[index + 1] ?? '');
    // Its own frames lead to those of the first, which has a head of its own or none at all.
    return told || isTitle || PARTS.test(line) ? '' : line.replace(/^\s*\| ?/, '').replace(/^Traceback \(most recent call last\):$/, '');
  });
}
