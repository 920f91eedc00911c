import type { Tx } from '@weir/database';
import { mergePhases } from './phase-times.ts';

/** Ends the phase `routed` of deployments whose app's last change the gateway has in force. */
export async function endRouted(tx: Tx, cursor: number, now: Date): Promise<void> {
  const waiting = await tx.deployment.findMany({ where: { phase: 'routed', liveAt: { not: null }, app: { routeCursor: { lte: cursor } } } });
  for (const { id, phases, liveAt } of waiting) {
    await tx.deployment.updateMany({
      where: { id, phase: 'routed' },
      data: { phase: null, phases: mergePhases(phases, { routed: now.getTime() - (liveAt ?? now).getTime() }) },
    });
  }
}
