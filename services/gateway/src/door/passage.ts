import type { Destination } from '../resolution.ts';
import type { Visit } from '../request/visit.ts';
import { unshared } from '../request/unshared.ts';
import { ABSENT, type Listed } from '../transport/roster.ts';
import type { Guest } from './address-limits.ts';
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
  /** Whom it counts for. */
  readonly guest: Guest;
  readonly destination: Destination | undefined;
  readonly meter: Meter;
  /** A socket's handshake succeeded. */
  readonly opened: (passage: Passage) => void;
  readonly ended: (passage: Passage, outcome: Outcome, status: number) => void;
}

const PATH_CHARACTERS = 300;

/**
 * One request or one socket on its way through the gateway, from the decision to its last byte.
 *
 * It may live as long as a socket, so it keeps of a visit only what its line says.
 */
export class Passage implements Listed {
  place = ABSENT;
  readonly kind: PassageKind;
  readonly destination: Destination | undefined;
  readonly guest: Guest;
  readonly #address: string;
  readonly #host: string;
  readonly #method: string;
  readonly #opened: PassageParts['opened'];
  readonly #ended: PassageParts['ended'];
  readonly #startedAt = performance.now();
  #path: string;
  #meter: Meter;
  #isOpen = false;
  #isOver = false;
  #sent = 0;
  #received = 0;

  constructor({ kind, visit, guest, destination, meter, opened, ended }: PassageParts) {
    const { facts, peer } = visit;
    this.kind = kind;
    this.destination = destination;
    this.guest = guest;
    this.#address = peer.address;
    this.#host = facts.host.name;
    this.#method = facts.method;
    this.#path = pathOf(facts.target);
    this.#meter = meter;
    this.#opened = opened;
    this.#ended = ended;
  }

  /** Whether it is a socket whose handshake succeeded. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Without the query, which may hold secrets; cut to a length. */
  get path(): string {
    return this.#path;
  }

  /** A socket's handshake succeeded, and its bytes are counted from now on. */
  open(meter: Meter): void {
    this.#isOpen = true;
    this.#meter = meter;
    this.#path = unshared(this.#path);
    this.#opened(this);
  }

  /** Ends it; the first end counts. */
  end(outcome: Outcome, status: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#ended(this, outcome, status);
  }

  /** The bytes since the last time. */
  measure(): Bytes {
    const bytes = this.#meter();
    this.#sent += bytes.sent;
    this.#received += bytes.received;
    return bytes;
  }

  /** All that is known of it, for its line in the log: ids and sizes, never a cookie or a query. */
  describe(outcome: Outcome, status: number): Record<string, string | number | undefined> {
    return {
      host: this.#host,
      app: this.destination?.route.app,
      instance: this.destination?.instance.id,
      method: this.#method,
      path: this.#path,
      status,
      outcome,
      peer: this.#address,
      sentBytes: this.#sent,
      receivedBytes: this.#received,
      tookMs: Math.round(performance.now() - this.#startedAt),
    };
  }
}

function pathOf(target: string): string {
  const query = target.indexOf('?');
  return target.slice(0, Math.min(query === -1 ? target.length : query, PATH_CHARACTERS));
}
