import { readFieldLines } from '../request/field-lines.ts';
import { headIn, MOST_HEAD_BYTES } from '../request/head-in.ts';
import { valuesOf } from '../request/values-of.ts';

/** The head of an HTTP answer. */
export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  /** Flat list of names and values. */
  readonly headers: string[];
  /** The connection may carry another request after this answer's body. */
  readonly keepAlive: boolean;
  /** What came after the head. */
  readonly rest: Buffer;
}

export class BadAnswer extends Error {}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?\r\n/;

/** Reads a head, strictly (RFC 9112 §2.1; no folded lines). @returns `undefined` while it is incomplete */
export function readAnswerHead(bytes: Buffer): AnswerHead | undefined {
  const text = headIn(bytes);
  if (text === undefined && bytes.length > MOST_HEAD_BYTES) throw new BadAnswer('head too large');
  if (text === undefined) return undefined;

  const line = STATUS_LINE.exec(text);
  if (!line) throw new BadAnswer('bad status line');
  const headers = readFieldLines(text, line[0].length);
  if (!headers) throw new BadAnswer('bad header line');
  return { status: Number(line[2]), reason: line[3] ?? '', headers, keepAlive: line[1] === '1' && !valuesOf(headers, 'connection').some((value) => /\bclose\b/i.test(value)), rest: bytes.subarray(text.length + 2) };
}

/** Writes a request's or an answer's head as text, to be sent as Latin-1. @param more whole lines that follow the headers */
export function headText(firstLine: string, headers: readonly string[], more = ''): string {
  return `${firstLine}\r\n${lines(headers)}${more}\r\n`;
}

/** Of lists that are sent again and again. */
const LINES = new WeakMap<readonly string[], string>();

/** The same for a request, whose list may be that of an earlier one. */
export function requestText(firstLine: string, headers: readonly string[], more = ''): string {
  let text = LINES.get(headers);
  if (text === undefined) LINES.set(headers, (text = lines(headers)));
  return `${firstLine}\r\n${text}${more}\r\n`;
}

function lines(headers: readonly string[]): string {
  let text = '';
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  return text;
}
