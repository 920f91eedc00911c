/** The head of an HTTP answer, read by hand because what follows is not HTTP. */
export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  /** Flat list of names and values. */
  readonly headers: string[];
  /** What came after the head. */
  readonly rest: Buffer;
}

export class BadAnswer extends Error {}

const MAX_HEAD_BYTES = 65_536;
const STATUS_LINE = /^HTTP\/1\.[01] ([1-5]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*?)[\t ]*$/;

/** Reads a head, strictly (RFC 9112 §2.1; no folded lines). @returns `undefined` while it is incomplete */
export function readAnswerHead(bytes: Buffer): AnswerHead | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end > MAX_HEAD_BYTES || (end === -1 && bytes.length > MAX_HEAD_BYTES)) throw new BadAnswer('head too large');
  if (end === -1) return undefined;

  const [first = '', ...fields] = bytes.toString('latin1', 0, end).split('\r\n');
  const line = STATUS_LINE.exec(first);
  if (!line) throw new BadAnswer('bad status line');
  const headers = fields.flatMap((text) => {
    const field = FIELD.exec(text);
    if (!field) throw new BadAnswer('bad header line');
    return [field[1] ?? '', field[2] ?? ''];
  });
  return { status: Number(line[1]), reason: line[2] ?? '', headers, rest: bytes.subarray(end + 4) };
}

/** Writes a request's or an answer's head as bytes. */
export function writeHead(firstLine: string, headers: readonly string[]): Buffer {
  let text = `${firstLine}\r\n`;
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  return Buffer.from(`${text}\r\n`, 'latin1');
}
