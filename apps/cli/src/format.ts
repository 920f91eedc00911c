import { stripVTControlCharacters } from 'node:util';

/** Rows in columns, each as wide as its widest cell; the last column is never padded. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) => line.map((cell, column) => (column === line.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}

/** `0.8 s`, `12.3 s`, `2 min 5 s` */
export function duration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `512 MB` */
export const size = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** How long ago, in one unit: `just now`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function ago(at: string, nowMs: number): string {
  const minutes = Math.floor((nowMs - Date.parse(at)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 1440)} d ago`;
}

const SUBJECT_LENGTH = 60;

/** The first line of a commit's message, as long as a table takes it. */
export function subject(message: string | null): string {
  const line = printable(message?.split('\n', 1)[0] ?? '').trim();
  return line.length > SUBJECT_LENGTH ? `${line.slice(0, SUBJECT_LENGTH - 1)}…` : line;
}

/** Text that others wrote, without what could steer a terminal: colours, cursor movements, other control characters. */
export const printable = (text: string): string => stripVTControlCharacters(text).replace(/[[\p{Cc}\p{Bidi_Control}]--[\n\t]]/gv, '');
