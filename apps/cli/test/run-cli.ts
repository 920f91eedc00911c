import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** Builds the command as it is run by people, which starts faster than its sources do. */
export const buildCli = (): string => execFileSync('rolldown', ['-c'], { cwd: FOLDER, encoding: 'utf8' });

export interface CliEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The document of the last line, with `--json`. */
  readonly json: Record<string, unknown>;
}

/** Runs the command as a person's shell would: a process of its own, without a terminal. @param heard told all of stderr so far, as it comes */
export async function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd?: string, heard: (stderr: string) => void = () => undefined): Promise<CliEnd> {
  const child = spawn(process.execPath, [join(FOLDER, 'dist/main.js'), ...args], { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...(cwd ? { cwd } : {}) });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => heard((text.stderr += chunk.toString())));
  const [code] = (await once(child, 'close')) as [number | null];
  const last = text.stdout.trimEnd().split('\n').at(-1) ?? '';
  return { code, ...text, json: args.includes('--json') ? (JSON.parse(last) as Record<string, unknown>) : {} };
}
