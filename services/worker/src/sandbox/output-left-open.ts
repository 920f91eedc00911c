import type Docker from 'dockerode';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

const CHECK_MS = 2000;
/** Whatever the engine still had of the command's output has come by then. */
const QUIET_MS = 5000;

/** How long a command has said nothing; nothing counts while somebody takes what it said. */
export class Quiet {
  #since = performance.now();

  get ms(): number {
    return performance.now() - this.#since;
  }

  async whileTaking(take: () => void | Promise<void>): Promise<void> {
    this.#since = Infinity;
    await take();
    this.#since = performance.now();
  }
}

/**
 * Cuts the output of a command that has ended and is open all the same: a process that it left behind
 * holds it, and may do so without end.
 *
 * @returns whether it was cut; false once the signal fires
 */
export async function cutOutputLeftOpen(exec: Docker.Exec, output: Duplex, quiet: Quiet, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    await delay(CHECK_MS, undefined, { signal: over }).catch(() => undefined); // looked at in the next line
    if (over.aborted || quiet.ms < QUIET_MS || (await exec.inspect()).Running || over.aborted) continue;
    output.destroy();
    return true;
  }
  return false;
}
