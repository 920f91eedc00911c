import { createInterface } from 'node:readline/promises';
import { join } from 'node:path';

/** The checkout: what the bootstrap says, else where we stand. */
export const rootFolder = (): string => process.env['WEIR_ROOT'] ?? process.cwd();

export const defaultDataDir = (): string => join(rootFolder(), '.weir');

export interface PlatformOptions {
  readonly dataDir: string;
  readonly json?: boolean;
}

/** Text for people: to stderr when stdout is kept for one JSON document. */
export const writerFor = (json: boolean | undefined) => (text: string): void => void (json ? process.stderr : process.stdout).write(text);

/** Asks on a terminal; elsewhere nothing is asked and the answer is no. */
export async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [Y/n] `);
  terminal.close();
  return /^(y|yes|)$/i.test(answer.trim());
}
