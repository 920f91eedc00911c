import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setPriority } from 'node:os';

/** The processors this process may run on: one for what is measured, the others for those who measure. */
export interface Cores {
  readonly peer: string;
  readonly others: string;
}

/** @throws Error on a machine with one processor */
export function chooseCores(): Cores {
  const allowed = /^Cpus_allowed_list:\s+(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const [peer, ...others] = coresIn(allowed);
  if (peer === undefined || others.length === 0) throw new Error('This benchmark needs two processors: one for the peer alone, one for load and backend.');
  return { peer: String(peer), others: others.join(',') };
}

/** Reads `0-2,5` (cpuset(7), list format). */
export const coresIn = (list: string): number[] =>
  list.split(',').flatMap((part) => {
    const [first = NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });

const WANTED_FILES = 65_536;

const CAP_SYS_RESOURCE = 24n;

/** How many files a started program may have open: more than the hard limit only where that may be raised (capabilities(7)). */
export function openFiles(): number {
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? '0';
  const capabilities = BigInt(`0x${/^CapEff:\s+(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`);
  const mayRaise = hard === 'unlimited' || ((capabilities >> CAP_SYS_RESOURCE) & 1n) === 1n;
  return mayRaise ? WANTED_FILES : Math.min(WANTED_FILES, Number(hard));
}

/**
 * A peer that waits for its turn finds more to do at once and looks cheaper than it is, so other work on the
 * machine comes after. Without the right to this, `nice` starts the program all the same.
 */
const NICENESS = -10;
/** This process comes first too, where that is allowed. */
export function comeFirst(): void {
  try {
    setPriority(NICENESS);
  } catch (error) {
    if ((error as { info?: { code?: string } }).info?.code !== 'EACCES') throw error;
  }
}

const KILL_MS = 5_000;

/** What was started, so that all of it can be stopped again. */
export class Processes {
  readonly #running = new Set<ChildProcess>();

  /** Starts a program on some processors. It is the very process `pid`: `nice`, `prlimit` and `taskset` become it. */
  start(cores: string, program: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv; cwd?: string; ipc?: boolean } = {}): ChildProcess {
    const { env, cwd, ipc = false } = options;
    const child = spawn('nice', [`--adjustment=${NICENESS}`, 'prlimit', `--nofile=${openFiles()}`, 'taskset', '-c', cores, program, ...args], {
      ...(env && { env }),
      ...(cwd && { cwd }),
      stdio: ['ignore', ipc ? 'inherit' : 'ignore', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
    child.on('error', (error) => (said += error.message));
    this.#running.add(child);
    child.once('close', (code) => {
      const wasOurs = this.#running.delete(child);
      if (wasOurs && code !== 0 && code !== null) process.stderr.write(`${program} ${args[0] ?? ''} ended by itself with ${code}: ${said}\n`);
    });
    return child;
  }

  async stop(child: ChildProcess): Promise<void> {
    if (!this.#running.delete(child) || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), KILL_MS);
    await closed;
    clearTimeout(limit);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.stop(child)));
  }
}

/** A process that the benchmark itself consists of is gone: nothing more can be measured. */
export class ProcessLost extends Error {}

/** The next message of a process of ours. @throws ProcessLost if it ends before */
export async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const waiting = new AbortController();
  const ended = once(child, 'close', { signal: waiting.signal }).then(() => {
    throw new ProcessLost('a process of the benchmark ended by itself');
  });
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal: waiting.signal }), ended])) as [T];
    return message;
  } finally {
    ended.catch(() => undefined);
    waiting.abort();
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
