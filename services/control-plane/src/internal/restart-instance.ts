import type { Rows, Tx } from '@weir/database';
import { appendLog } from '../logs/append-log.ts';
import { planRestart } from './judge-instance.ts';

interface Ended {
  readonly now: Date;
  /** How it ended, as a sentence. */
  readonly reason: string;
}

/**
 * Has an instance started again after a while, as a new attempt; or gives it up. The app's log says so.
 *
 * We own restarts, the container engine's policy is `no`: its own would burn processors.
 */
export async function restart(tx: Tx, instance: Rows.Instance, { now, reason }: Ended): Promise<void> {
  const { crashes, startAfter } = planRestart(instance.crashes as string[], now);
  const gaveUp = `${reason} It crashed ${crashes.length} times in a short while and is not started again by itself.`;
  await tx.instance.update({
    where: { id: instance.id },
    data: {
      crashes,
      startAfter,
      status: startAfter ? 'pending' : 'crashed',
      reason: startAfter ? reason : gaveUp,
      attempt: { increment: 1 },
      address: null,
      container: null,
      sockets: 0,
      startedAt: null,
      ...(startAfter && { restarts: { increment: 1 } }),
    },
  });
  await appendLog(tx, instance.appId, {
    writer: `${instance.id}.${instance.attempt}.end`,
    batch: 0,
    lines: [{ at: now.toISOString(), stream: 'system', text: startAfter ? `${reason} It starts again in ${Math.round((startAfter.getTime() - now.getTime()) / 1000)} s.` : gaveUp }],
  });
  tx.changes.instances();
  tx.changes.route(instance.appId);
}
