import { spawn } from 'node:child_process';

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

/** A program that ended badly, with the end of what it printed. */
export class ProgramFailed extends Error {
  constructor(readonly program: string, readonly exitCode: number | null, readonly output: string) {
    super(`${program} ended with ${exitCode ?? 'a signal'}:\n${output.slice(-2000)}`);
  }
}

/** Runs a program to its end and gives what it printed. Arguments are never read by a shell. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new ProgramFailed(program, code, output))));
  });
}
