import type { RequestFacts } from './request-facts.ts';

/** Who connected, as far as the gateway may believe it. */
export interface Peer {
  readonly address: string;
  readonly scheme: 'http' | 'https';
}

/** A request or an upgrade, whatever read it from the wire. */
export interface Visit {
  readonly facts: RequestFacts;
  /** Flat list of names and values, as they came. */
  readonly rawHeaders: readonly string[];
  /** Of an upgrade, where it is not among the headers. */
  readonly webSocketKey?: string | undefined;
  readonly peer: Peer;
}
