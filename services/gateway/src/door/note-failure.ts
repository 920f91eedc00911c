import type { Logger } from '@weir/telemetry';
import { failurePage } from '../gateway.ts';
import type { Forward } from '../resolution.ts';
import type { Visit } from '../request/visit.ts';
import type { PageName } from '../pages/pages.ts';
import type { UpstreamFailure } from '../transport/exchange.ts';

/** Writes down that an upstream gave no answer. @returns what its visitor is told */
export function noteFailure(log: Logger, { facts }: Visit, { exchange, destination }: Forward, failure: UpstreamFailure, error: Error): PageName {
  log.warn({ err: error, host: facts.host.name, instance: destination?.instance.id, failure }, 'upstream.failed');
  return failurePage(exchange, failure, facts.navigation);
}
