import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const KEPT = 4000;
/** A mirror that takes a connection and sends nothing would be waited for without end. */
const LIMIT_MS = 15 * 60_000;

/** A program of this host ended with an error; its last words are in the message. */
export class ProgramFailed extends Error {
  constructor(file: string, readonly code: number | null, words: string) {
    super(`${file} ended with ${code}: ${words.trim().slice(-600)}`);
  }
}

/**
 * Runs a program of this host to its end, or to ours.
 *
 * @throws ProgramFailed
 */
export function runProgram(file: string, args: readonly string[], onLine: (line: string) => void = () => undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', file, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true });
    const limit = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), LIMIT_MS);
    let words = '';
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        words = `${words}${line}\n`.slice(-KEPT);
        if (line.trim() !== '') onLine(line.trim());
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(limit);
      if (code === 0) resolve();
      else reject(new ProgramFailed(file, code, words));
    });
  });
}
