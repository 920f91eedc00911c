import type { LogLine } from '@weir/contracts';
import { ask } from '#api/browser.ts';
import { plainText } from './ansi.ts';
import type { LogSubject } from './use-log.ts';

const PAGE = 5000;

const textOf = (line: LogLine): string => `${line.at} ${line.stream.padEnd(6)} ${plainText(line.text)}\n`;

/** Reads the whole log, page by page, and hands it to the browser as a text file. */
export async function downloadLog(app: string, subject: LogSubject, fileName: string): Promise<void> {
  const parts: string[] = [];
  const which = subject.topic === 'build-log' ? `kind=build&deployment=${subject.deployment}` : 'kind=app';
  for (let after = 0; ;) {
    const { lines } = await ask<'logs.read'>({ operation: 'logs.read', method: 'GET', path: `/apps/${app}/logs?${which}&after=${after}&limit=${PAGE}` });
    parts.push(lines.map(textOf).join(''));
    const last = lines.at(-1);
    if (last === undefined || lines.length < PAGE) break;
    after = last.seq;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type: 'text/plain;charset=utf-8' }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
