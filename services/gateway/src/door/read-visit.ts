import type { Peer, Visit } from '../request/visit.ts';
import { isMalformed, readFacts, type Malformed, type ReadHead } from '../request/request-facts.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

/** What came and who sent it, once proxies in front were heard. */
export function readVisit(head: ReadHead, upgrade: boolean, nearest: Peer, proxies: TrustedProxies): Visit | Malformed {
  const peer = proxies.believe(nearest, head.rawHeaders);
  const rawHeaders = proxies.withHost(nearest, head.rawHeaders);
  const { method, url, headers } = head;
  const facts = readFacts(rawHeaders === head.rawHeaders ? head : { method, url, headers, rawHeaders }, upgrade);
  return isMalformed(facts) ? facts : { facts, rawHeaders, webSocketKey: head.webSocketKey, peer };
}
