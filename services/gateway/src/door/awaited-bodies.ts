import type { IncomingMessage } from 'node:http';
import { SWEEP_MS } from '../transport/dialling.ts';
import { Pace } from './pace.ts';

/** Requests of node:http whose bodies are still to come. Its own limits are for whole requests, and bodies take as long as they need. */
export class AwaitedBodies {
  readonly #awaited = new Map<IncomingMessage, Pace>();
  readonly #stalled: (message: IncomingMessage) => void;
  readonly #timer: NodeJS.Timeout;

  /** @param stalled hears of a body that comes no more, and again each second until its connection is closed */
  constructor(stalled: (message: IncomingMessage) => void) {
    this.#stalled = stalled;
    this.#timer = setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  add(message: IncomingMessage): void {
    this.#awaited.set(message, new Pace());
  }

  /** Called about once a second. */
  sweep(): void {
    for (const [message, pace] of this.#awaited) {
      if (message.complete || message.destroyed) this.#awaited.delete(message);
      else if (pace.isStalled(message.socket.bytesRead, message.readableFlowing === true)) this.#stalled(message);
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
