import type { LiveMessage } from '@weir/contracts';
import type { IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import type { ActorContext } from '../identity/actor-context.ts';

/** Policy violation (RFC 6455, 7.4.1): who is connected may not be. */
const REFUSED = 1008;
const TRY_AGAIN = 1013;
const SILENT_MS = 40_000;

/** One browser or program on the live channel. */
export class LiveSocket {
  readonly #gone = new AbortController();
  #heardAt = performance.now();
  topics = 0;

  constructor(private readonly socket: WebSocket, readonly headers: IncomingHttpHeaders, readonly actor: Promise<ActorContext | undefined>) {
    socket.once('close', () => this.#gone.abort());
    socket.on('pong', () => (this.#heardAt = performance.now()));
  }

  /** Aborted once the connection is closed. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Sends, and waits until it has left this process: a slow reader slows its own topics, not our memory. */
  send(message: LiveMessage): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.readyState !== WebSocket.OPEN) return resolve();
      this.socket.send(JSON.stringify(message), () => resolve()); // an error here is followed by `close`
    });
  }

  async refuse(code: string, detail: string): Promise<void> {
    await this.send({ event: 'problem', data: { code, detail } });
    this.socket.close(REFUSED, code);
  }

  closeForNow(): void {
    this.socket.close(TRY_AGAIN);
  }

  /** Asks whether the other side is still there; one that was silent for long is cut. */
  probe(): void {
    if (performance.now() - this.#heardAt > SILENT_MS) this.socket.terminate();
    else this.socket.ping();
  }
}
