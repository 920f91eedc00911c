import type { Forward, Resolution } from '../resolution.ts';
import { pageAnswer, type WholeAnswer } from '../pages/pages.ts';
import { isMalformed } from '../request/request-facts.ts';
import type { StrictHead } from '../request/strict-head.ts';
import { BodyTooLarge, isTooLarge } from '../transport/proxy.ts';
import type { Exchange, UpstreamFailure } from '../transport/exchange.ts';
import type { Connection } from './http-server.ts';
import { noteFailure, type FailureParts } from './note-failure.ts';
import type { Outcome, Passage } from './passage.ts';
import { readVisit } from './read-visit.ts';
import type { Resolver } from './schemes.ts';
import type { Traffic } from './traffic.ts';
import type { TrustedProxies } from './trusted-proxies.ts';
import { wholeAnswer, type OwnResolution } from './whole-answer.ts';

/** What is to be done for a request that was let in. */
export type Errand =
  | { readonly kind: 'forward'; readonly passage: Passage; readonly exchange: Exchange; readonly failed: (failure: UpstreamFailure, error: Error) => WholeAnswer }
  /** Without a passage it was one too many. */
  | { readonly kind: 'answer'; readonly passage: Passage | undefined; readonly outcome: Outcome; readonly answer: WholeAnswer };

export interface StrictHandlerParts extends FailureParts {
  readonly resolver: Resolver;
  readonly proxies: TrustedProxies;
  readonly traffic: Traffic;
  readonly maxBodyBytes: number;
}

/** Does for strictly read requests what `HttpHandler` does for others. */
export class StrictHandler {
  readonly #parts: StrictHandlerParts;

  constructor(parts: StrictHandlerParts) {
    this.#parts = parts;
  }

  /** @returns `undefined` for what node:http is to do: it resolves the visit again, which counts nothing twice */
  readonly request = (head: StrictHead, { peer, meter }: Connection): Errand | undefined => {
    const { resolver, proxies, traffic, maxBodyBytes } = this.#parts;
    const visit = readVisit(head, false, peer, proxies);
    if (isMalformed(visit)) return undefined;
    const resolution = resolver.resolve(visit);
    if (!isPlain(resolution)) return undefined;
    const { navigation } = visit.facts;
    const passage = traffic.begin('request', visit, resolution, meter);
    if (!passage) return { kind: 'answer', passage, outcome: 'limited', answer: pageAnswer('over-limit', navigation) };
    if (resolution.kind !== 'forward') return { kind: 'answer', passage, outcome: resolution.kind, answer: wholeAnswer(resolution, navigation) };
    const failed = (failure: UpstreamFailure, error: Error): WholeAnswer => pageAnswer(noteFailure(this.#parts, visit, resolution, failure, error), navigation);
    const { exchange } = resolution;
    if (isTooLarge(exchange, head.bodyBytes, maxBodyBytes)) return { kind: 'answer', passage, outcome: 'failed', answer: failed('too-large', new BodyTooLarge()) };
    return { kind: 'forward', passage, exchange, failed };
  };
}

/** What waits, or may have to ask twice, is node:http's. */
function isPlain(resolution: Resolution): resolution is OwnResolution | Forward {
  if (resolution.kind === 'hold') return false;
  if (resolution.kind !== 'forward') return true;
  const { elsewhere, wake } = resolution.exchange;
  return !elsewhere && !wake;
}
