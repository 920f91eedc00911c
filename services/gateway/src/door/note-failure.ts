import type { Logger } from '@weir/telemetry';
import { failurePage } from '../gateway.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import type { Forward } from '../resolution.ts';
import type { Visit } from '../request/visit.ts';
import type { PageName } from '../pages/pages.ts';
import { ConnectTimeout } from '../transport/dialling.ts';
import type { UpstreamFailure } from '../transport/exchange.ts';

/** Who hears of failures. */
export interface FailureParts {
  readonly log: Logger;
  /** Leads nobody where nobody listens. */
  readonly pool: Pick<InstancePool, 'noteRefusal'>;
}

/** Writes down that an upstream gave no answer. @returns what its visitor is told */
export function noteFailure({ log, pool }: FailureParts, { facts }: Visit, { exchange, destination }: Forward, failure: UpstreamFailure, error: Error): PageName {
  log.warn({ err: error, host: facts.host.name, instance: destination?.instance.id, failure }, 'upstream.failed');
  // A busy app may be slow to take connections, and of two that were asked it is unknown which one refused.
  if (destination && failure === 'refused' && !(error instanceof ConnectTimeout) && !exchange.elsewhere) pool.noteRefusal(destination.instance);
  return failurePage(exchange, failure, facts.navigation);
}
