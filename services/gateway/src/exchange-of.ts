import { repeatedHeaders, requestHeaders } from './request/headers.ts';
import { valueOf } from './request/values-of.ts';
import type { Visit } from './request/visit.ts';
import { askForDocument } from './tab/insertion.ts';
import type { Address } from './transport/address.ts';
import type { Exchange } from './transport/exchange.ts';

const FIRST_BYTE_MS = 60_000;
const NOTHING_UNUSUAL: Partial<Exchange> = {};

/** A visit as it is forwarded; `more` for what is unusual about it. */
export function exchangeOf(visit: Visit, audience: Exchange['audience'], to: Address, more = NOTHING_UNUSUAL): Exchange {
  const { facts, rawHeaders, webSocketKey, peer } = visit;
  const { target = facts.target, firstByteMs = audience === 'app' ? FIRST_BYTE_MS : undefined, asset, setCookie, insertion, elsewhere, wake } = more;
  const headersOf = facts.upgrade && webSocketKey === undefined ? requestHeaders : repeatedHeaders;
  const headers = headersOf(rawHeaders, audience, { address: peer.address, scheme: peer.scheme, host: authorityOf(visit) });
  return { to, target, headers: insertion ? askForDocument(headers, insertion) : headers, webSocketKey, audience, firstByteMs, asset, setCookie, insertion, elsewhere, wake };
}

/** Host and port as the visitor wrote them. */
export const authorityOf = ({ facts, rawHeaders }: Visit): string => valueOf(rawHeaders, 'host') ?? facts.host.name;
