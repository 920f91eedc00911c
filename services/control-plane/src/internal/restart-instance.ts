import type { Rows, Tx } from '@weir/database';
import { planRestart } from './judge-instance.ts';

interface Ended {
  readonly now: Date;
  /** How it ended, as a sentence. */
  readonly reason: string;
}

/**
 * Has an instance started again after a while, as a new attempt; or gives it up.
 *
 * We own restarts, the container engine's policy is `no`: its own would burn processors.
 */
export async function restart(tx: Tx, instance: Rows.Instance, { now, reason }: Ended): Promise<void> {
  const { crashes, startAfter } = planRestart(instance.crashes as string[], now);
  await tx.instance.update({
    where: { id: instance.id },
    data: {
      crashes,
      startAfter,
      status: startAfter ? 'pending' : 'crashed',
      reason: startAfter ? reason : `${reason} It crashed ${crashes.length} times in a short while and is not started again by itself.`,
      attempt: { increment: 1 },
      address: null,
      container: null,
      sockets: 0,
      startedAt: null,
      ...(startAfter && { restarts: { increment: 1 } }),
    },
  });
  await tx.bump('instances');
  await tx.bump('routes');
}
