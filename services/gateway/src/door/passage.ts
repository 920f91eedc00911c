import type { Destination, Peer, Visit } from '../gateway.ts';
import type { Bytes, Meter } from './meter.ts';

export type PassageKind = 'request' | 'socket';

/**
 * How a request or a socket ended: with the upstream's answer or close; cut short by either side; with a page,
 * an answer or a redirect of ours; over a limit; or because the upstream gave no answer.
 */
export type Outcome = 'served' | 'cut' | 'page' | 'answer' | 'redirect' | 'limited' | 'failed';

export interface PassageParts {
  readonly kind: PassageKind;
  readonly visit: Visit;
  readonly destination: Destination | undefined;
  readonly meter: Meter;
  /** A socket's handshake succeeded. */
  readonly opened: (passage: Passage) => void;
  readonly ended: (passage: Passage, outcome: Outcome, status: number) => void;
}

const PATH_CHARACTERS = 300;

/** One request or one socket on its way through the gateway, from the decision to its last byte. */
export class Passage {
  readonly #parts: PassageParts;
  readonly #startedAt = performance.now();
  #isOpen = false;
  #isOver = false;
  #sent = 0;
  #received = 0;

  constructor(parts: PassageParts) {
    this.#parts = parts;
  }

  get kind(): PassageKind {
    return this.#parts.kind;
  }

  get destination(): Destination | undefined {
    return this.#parts.destination;
  }

  get peer(): Peer {
    return this.#parts.visit.peer;
  }

  /** Whether it is a socket whose handshake succeeded. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Without the query, which may hold secrets. */
  get path(): string {
    return this.#parts.visit.facts.target.split('?', 1)[0] ?? '';
  }

  open(): void {
    this.#isOpen = true;
    this.#parts.opened(this);
  }

  /** Ends it; the first end counts. */
  end(outcome: Outcome, status: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#parts.ended(this, outcome, status);
  }

  /** The bytes since the last time. */
  measure(): Bytes {
    const bytes = this.#parts.meter();
    this.#sent += bytes.sent;
    this.#received += bytes.received;
    return bytes;
  }

  /** All that is known of it, for its line in the log: ids and sizes, never a cookie or a query. */
  describe(outcome: Outcome, status: number): Record<string, string | number | undefined> {
    const { visit, destination } = this.#parts;
    return {
      host: visit.facts.host.name,
      app: destination?.route.app,
      instance: destination?.instance.id,
      method: visit.facts.method,
      path: this.path.slice(0, PATH_CHARACTERS),
      status,
      outcome,
      peer: visit.peer.address,
      sentBytes: this.#sent,
      receivedBytes: this.#received,
      tookMs: Math.round(performance.now() - this.#startedAt),
    };
  }
}
