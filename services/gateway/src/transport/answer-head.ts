import { readFieldLines } from '../request/field-lines.ts';
import { headIn, MOST_HEAD_BYTES } from '../request/head-in.ts';
import { valuesOf } from '../request/values-of.ts';
import { NOTHING } from './nothing.ts';

/** The head of an HTTP answer. */
export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  /** Flat list of names and values. */
  readonly headers: string[];
  /** Of HTTP/1: 0 or 1. */
  readonly minor: number;
  /** What came after the head. */
  readonly rest: Buffer;
}

export class BadAnswer extends Error {}

const STATUS_LINE = /^HTTP\/1\.[01] [1-5]\d\d(?: ([\t\x20-\x7e\x80-\xff]*))?\r\n/;
const [MINOR_AT, STATUS_AT, ZERO] = [7, 9, 48];

/** Reads a head, strictly (RFC 9112 §2.1; no folded lines). @returns `undefined` while it is incomplete */
export function readAnswerHead(bytes: Buffer): AnswerHead | undefined {
  const text = headIn(bytes);
  if (text === undefined && bytes.length > MOST_HEAD_BYTES) throw new BadAnswer('head too large');
  if (text === undefined) return undefined;

  const line = STATUS_LINE.exec(text);
  if (!line) throw new BadAnswer('bad status line');
  const headers = readFieldLines(text, line[0].length);
  if (!headers) throw new BadAnswer('bad header line');
  const headBytes = text.length + 2;
  return { status: numberAt(text, STATUS_AT, 3), minor: numberAt(text, MINOR_AT, 1), reason: line[1] ?? '', headers, rest: headBytes === bytes.length ? NOTHING : bytes.subarray(headBytes) };
}

/** The connection may carry another request after this answer's body (RFC 9112 §9.3). */
export const keepsAlive = ({ minor, headers }: AnswerHead): boolean => minor === 1 && !valuesOf(headers, 'connection').some((value) => /\bclose\b/i.test(value));

/** Of digits that were found to be some. */
function numberAt(text: string, at: number, digits: number): number {
  let number = 0;
  for (let i = at; i < at + digits; i++) number = number * 10 + text.charCodeAt(i) - ZERO;
  return number;
}

/** Writes a request's or an answer's head as text, to be sent as Latin-1. @param more whole lines that follow the headers */
export function headText(firstLine: string, headers: readonly string[], more = ''): string {
  return `${firstLine}\r\n${lines(headers)}${more}\r\n`;
}

/** Writes lists that come again and again, each once. @param more whole lines that follow each */
export function rememberLines(more = ''): (headers: readonly string[]) => string {
  const known = new WeakMap<readonly string[], string>();
  return (headers) => {
    let text = known.get(headers);
    if (text === undefined) known.set(headers, (text = lines(headers) + more));
    return text;
  };
}

function lines(headers: readonly string[]): string {
  let text = '';
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  return text;
}
