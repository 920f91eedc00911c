import { type ChildProcess, spawn } from 'node:child_process';
import type { ProcessSpec } from './process-spec.ts';
import { RotatingLog } from './rotating-log.ts';

export type ProcessStatus = 'starting' | 'running' | 'waiting' | 'stopped';

const STEADY_AFTER_MS = 10_000;
const LONGEST_WAIT_MS = 15_000;
const STOP_GRACE_MS = 25_000;
const LOG_LIMIT_BYTES = 20 * 2 ** 20;

/** Delay before the next start after `failures` short lives in a row: 0.2, 0.4, 0.8 … 15 s. */
export const restartWaitMs = (failures: number): number => Math.min(LONGEST_WAIT_MS, 100 * 2 ** failures);

/** One child that is started again when it dies, later each time it dies young. */
export class SupervisedProcess {
  status: ProcessStatus = 'stopped';
  restarts = 0;
  #child: ChildProcess | undefined;
  #wanted = false;
  #failures = 0;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #log: RotatingLog;

  constructor(readonly spec: ProcessSpec, logFile: string) {
    this.#log = new RotatingLog(logFile, LOG_LIMIT_BYTES);
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  start(): void {
    this.#wanted = true;
    if (!this.#child) this.#spawn();
  }

  /** Asks it to end, and ends it after the grace. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child) {
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.kill(this.spec.stopSignal);
      const hard = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      await gone;
      clearTimeout(hard);
    }
    this.status = 'stopped';
  }

  #spawn(): void {
    const { program, args, env, cwd, user } = this.spec;
    this.#startedAt = performance.now();
    // stdin is a pipe: a service ends when it closes, so none outlives a supervisor that was killed.
    const child = spawn(program, args, { env, cwd, ...user, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    this.status = 'running';
    child.stdin.on('error', () => undefined); // it died: 'close' says so
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    child.once('error', (error) => this.#log.write(`${JSON.stringify({ level: 50, msg: 'process.spawn_failed', name: this.spec.name, error: error.message })}\n`));
    child.once('close', () => this.#ended());
  }

  #ended(): void {
    this.#child = undefined;
    if (!this.#wanted) return;
    this.restarts++;
    this.#failures = performance.now() - this.#startedAt > STEADY_AFTER_MS ? 1 : this.#failures + 1;
    this.status = 'waiting';
    this.#timer = setTimeout(() => this.#spawn(), restartWaitMs(this.#failures));
  }
}
