import type { Visit } from './request/visit.ts';
import { requestHeaders } from './request/headers.ts';
import { valuesOf } from './request/values-of.ts';
import type { Address } from './transport/address.ts';
import type { Exchange } from './transport/exchange.ts';

const FIRST_BYTE_MS = 60_000;

/** A visit as it is forwarded; `more` for what is unusual about it. */
export function exchangeOf({ facts, rawHeaders, peer }: Visit, audience: Exchange['audience'], to: Address, more: Partial<Exchange> = {}): Exchange {
  return {
    to,
    target: facts.target,
    headers: requestHeaders(rawHeaders, audience, { ...peer, host: authorityOf({ facts, rawHeaders }) }),
    audience,
    firstByteMs: audience === 'app' ? FIRST_BYTE_MS : undefined,
    ...more,
  };
}

/** Host and port as the visitor wrote them. */
export const authorityOf = ({ facts, rawHeaders }: Pick<Visit, 'facts' | 'rawHeaders'>): string => valuesOf(rawHeaders, 'host')[0] ?? facts.host.name;
