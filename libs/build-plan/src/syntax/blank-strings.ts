/** A script without what its strings and comments say, and where its f-strings need Python 3.12. */
export interface BlankedScript {
  /** As long as the script, line for line; what was inside strings and comments is blank. */
  readonly code: string;
  /** Index of the first f-string that older Pythons cannot read: it uses its own quotes, a backslash or a line end inside braces (PEP 701). */
  readonly newFString: number | undefined;
}

/** Nobody nests strings deeper; what does is read no further. */
const DEEPEST = 20;
const QUOTE = /'''|"""|'|"/y;
const PREFIX = /(?<!\w)[rbfu]{1,2}$/i;

/** Reads a script as Python 3.12 and later do. What is no Python is read as far as it goes. */
export function blankStrings(source: string): BlankedScript {
  const reader = new Reader(source);
  let code = '';
  let at = 0;
  const blank = (end: number): void => {
    code += source.slice(at, end).replace(/[^\n\r]/g, ' ');
    at = end;
  };
  for (const { index } of source.matchAll(/['"#]/g)) {
    if (index < at) continue;
    code += source.slice(at, index);
    at = index;
    if (source[index] !== '#') blank(reader.outermost(index));
    else blank(source.indexOf('\n', index) < 0 ? source.length : source.indexOf('\n', index));
  }
  return { code: code + source.slice(at), newFString: reader.newFString };
}

class Reader {
  newFString: number | undefined;
  private readonly source: string;
  private neverEnds = false;

  constructor(source: string) {
    this.source = source;
  }

  /** Of a string that is in no other. What no Python can read is no reason for a newer one. */
  outermost(start: number): number {
    const before = this.newFString;
    this.neverEnds = false;
    const end = this.string(start, []);
    if (this.neverEnds) this.newFString = before;
    return end;
  }

  /** @param within quotes of the f-strings around it @returns the index after the string that starts at `start` */
  private string(start: number, within: readonly string[]): number {
    if (within.length > DEEPEST) return this.gaveUp(this.source.length);
    const quote = this.quoteAt(start);
    const prefix = (PREFIX.exec(this.source.slice(Math.max(0, start - 3), start))?.[0] ?? '').toLowerCase();
    const isRaw = prefix.includes('r');
    const isFormatted = prefix.includes('f');
    for (let at = start + quote.length; at < this.source.length; at++) {
      const char = this.source[at];
      if (this.source.startsWith(quote, at)) return at + quote.length;
      if (char === '\n' && quote.length === 1) return this.gaveUp(at);
      if (char === '\\') {
        if (within.length > 0) this.needsNew(start);
        at = !isRaw && this.source.startsWith('\\N{', at) ? this.closing(at) : at + 1;
      } else if (isFormatted && char === '{') {
        if (this.source[at + 1] === '{') at++;
        else at = this.field(at + 1, [...within, quote]) - 1;
      }
    }
    return this.gaveUp(this.source.length);
  }

  /** @returns the index after the brace that closes the field */
  private field(start: number, within: readonly string[]): number {
    if (within.length > DEEPEST) return this.gaveUp(this.source.length);
    const own = within.at(-1) ?? '';
    let depth = 0;
    let isFormat = false;
    for (let at = start; at < this.source.length; at++) {
      const char = this.source[at] ?? '';
      if (char === '}' && depth === 0) return at + 1;
      if (isFormat) {
        if (char === '{') at = this.field(at + 1, [...within, own]) - 1;
        else if (this.source.startsWith(own, at) || (char === '\n' && own.length === 1)) return this.gaveUp(at);
      } else if (char === '"' || char === "'") {
        if (within.some((quote) => this.source.startsWith(quote, at))) this.needsNew(at);
        at = this.string(at, within) - 1;
      } else if (char === '\\' || (char === '\n' && own.length === 1)) this.needsNew(at);
      else if (char === ':' && depth === 0) isFormat = true;
      else if ('([{'.includes(char)) depth++;
      else if (')]}'.includes(char)) depth--;
    }
    return this.gaveUp(this.source.length);
  }

  private quoteAt(index: number): string {
    QUOTE.lastIndex = index;
    return QUOTE.exec(this.source)?.[0] ?? '';
  }

  private closing(index: number): number {
    const end = this.source.indexOf('}', index);
    return end < 0 ? this.source.length : end;
  }

  private gaveUp(index: number): number {
    this.neverEnds = true;
    return index;
  }

  private needsNew(index: number): void {
    this.newFString ??= index;
  }
}
