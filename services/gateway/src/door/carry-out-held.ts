import type { Logger } from '@weir/telemetry';
import type { Hold, Resolution } from '../resolution.ts';

/** Waits, and carries out what came of it. */
export function carryOutHeld({ wait }: Hold, log: Logger, carryOut: (resolution: Resolution) => void): void {
  wait().then(carryOut).catch((error: unknown) => {
    log.error({ err: error }, 'hold.failed');
    carryOut({ kind: 'page', page: 'bad-gateway' });
  });
}
