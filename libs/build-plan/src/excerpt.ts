import { stripVTControlCharacters } from 'node:util';

const MAX_EXCERPT = 4000;
/** Nothing that explains a failure is longer; patterns take long for longer ones. */
const MAX_LINE = 8000;
const CONTROL = /[^\P{Cc}\t]/gu;

/** A log line as plain text, cut where it is very long; of a line that was redrawn in place, what was drawn last. */
export const plainLine = (line: string): string => stripVTControlCharacters((line.replace(/\r{1,9}$/, '').split('\r').at(-1) ?? '').slice(0, MAX_LINE)).replace(CONTROL, '').trimEnd();

/** The part of a log around one line, at most 4,000 characters; the lines that follow matter more than those before. */
export function excerptAt(log: readonly string[], index: number, before = 2, after = 25): string {
  const lines = log.slice(Math.max(0, index - before), index + after + 1).map((line) => (line.length > 1000 ? `${line.slice(0, 1000)}…` : line));
  return lines.join('\n').trim().slice(0, MAX_EXCERPT);
}

/** The end of a log, where nothing better is known. */
export const lastLines = (log: readonly string[], count = 25): string | null => log.slice(-count).join('\n').trim().slice(-MAX_EXCERPT) || null;

/** Without a full stop after what was quoted with an end of its own. */
export const oneEnd = (message: string): string => message.replace(/([?!])\.(?= |$)/g, '$1');
