/** One instruction of a Dockerfile. */
export interface Instruction {
  /** Of its first line, from 1. */
  readonly line: number;
  /** In capitals. */
  readonly keyword: string;
  /** `--name=value`, in front of what it is about; of several of one name, all. */
  readonly flags: readonly (readonly [name: string, value: string])[];
  /** Its lines as one, without keyword and flags. */
  readonly text: string;
  /** It has a here-document, which is left out. */
  readonly hasDocument: boolean;
}

const DOCUMENT = /(?:^|\s)<<-?(["']?)([A-Za-z_]\w*)\1/g;

/** The instructions of a Dockerfile, with their continued lines joined. What none is has a keyword that is none. */
export function readInstructions(text: string): Instruction[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const escape = /^\s*#\s*escape\s*=\s*`/i.test(lines[0] ?? '') ? '`' : '\\';
  const found: Instruction[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    const parts: string[] = [];
    for (let continues = true; continues && index < lines.length; ) {
      const raw = lines[index] ?? '';
      const isLeftOut = /^\s*(#|$)/.test(raw); // comments and blank lines may stand between continued lines
      const end = raw.trimEnd();
      continues = isLeftOut ? parts.length > 0 : end.endsWith(escape);
      if (!isLeftOut) parts.push(end.endsWith(escape) ? end.slice(0, -1) : end);
      if (continues) index++;
    }
    const instruction = parts.join(' ').trim();
    if (instruction === '') continue;
    const [, keyword = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(instruction) ?? [];
    const documents = /^(RUN|COPY|ADD)$/i.test(keyword) ? [...rest.matchAll(DOCUMENT)].map(([, , end = '']) => end) : [];
    for (const end of documents) do index++; while (index < lines.length && lines[index]?.trim() !== end);
    found.push({ line, keyword: keyword.toUpperCase(), ...flagsOf(rest), hasDocument: documents.length > 0 });
  }
  return found;
}

function flagsOf(rest: string): Pick<Instruction, 'flags' | 'text'> {
  const flags: [string, string][] = [];
  let text = rest;
  for (let flag = FLAG.exec(text); flag; flag = FLAG.exec(text)) {
    flags.push([flag[1] ?? '', flag[2] ?? '']);
    text = text.slice(flag[0].length);
  }
  return { flags, text };
}

const FLAG = /^--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)/;
