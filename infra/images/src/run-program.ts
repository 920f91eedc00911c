import { spawn } from 'node:child_process';

const KEPT = 4000;

/** Runs a program of this host to its end; its last words are in the error when it fails. */
export function runProgram(file: string, args: readonly string[], onLine: (line: string) => void = () => undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` } });
    let words = '';
    const hear = (chunk: Buffer): void => {
      words = (words + chunk.toString('utf8')).slice(-KEPT);
      for (const line of chunk.toString('utf8').split('\n')) if (line.trim() !== '') onLine(line.trim());
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${file} ended with ${code}: ${words.trim().slice(-600)}`))));
  });
}
