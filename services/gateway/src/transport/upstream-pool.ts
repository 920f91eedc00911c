import type { Address } from './address.ts';
import { Channel, type Reader } from './channel.ts';
import type { SocketError } from './socket-owner.ts';

/** uvicorn closes an idle connection after 5 s; a request sent at that moment would be lost. */
const IDLE_MS = 4_000;
const MOST_IDLE = 32;

/** Who uses a connection now. Nothing is read or written after `closed`, which also comes when the upstream says no more. */
export type UpstreamUser = Pick<Reader, 'receive' | 'drained' | 'closed'>;

/** A connection to an upstream that carries one request after another. */
export class Upstream implements Reader {
  readonly channel: Channel;
  /** It has carried a request before. */
  isUsed = false;
  idleSinceMs = 0;
  user: UpstreamUser | undefined;

  constructor(readonly to: Address) {
    this.channel = Channel.dial(to);
    this.channel.reader = this;
  }

  get isOpen(): boolean {
    return !this.channel.socket.destroyed && this.channel.socket.writable;
  }

  destroy(): void {
    this.user = undefined;
    this.channel.socket.destroy();
  }

  receive(chunk: Buffer, lent: boolean): boolean {
    if (this.user) return this.user.receive(chunk, lent);
    this.destroy(); // speaks without being asked
    return true;
  }

  drained(): void {
    this.user?.drained();
  }

  ended(): void {
    this.closed(undefined);
  }

  closed(error: SocketError | undefined): void {
    const { user } = this;
    this.destroy();
    user?.closed(error);
  }
}

/** Connections to upstreams that wait for their next request; the one used last goes first. */
export class UpstreamPool {
  readonly #idle = new Map<Address, Upstream[]>();

  take(to: Address): Upstream {
    const idle = this.#idle.get(to);
    for (let upstream = idle?.pop(); upstream; upstream = idle?.pop()) {
      if (upstream.isOpen && performance.now() - upstream.idleSinceMs < IDLE_MS) return upstream;
      upstream.destroy();
    }
    return this.open(to);
  }

  /** A connection that nobody used before. */
  open(to: Address): Upstream {
    return new Upstream(to);
  }

  giveBack(upstream: Upstream): void {
    upstream.user = undefined;
    upstream.isUsed = true;
    upstream.idleSinceMs = performance.now();
    const idle = this.#idle.get(upstream.to) ?? [];
    if (!upstream.isOpen || idle.length >= MOST_IDLE) return upstream.destroy();
    if (idle.push(upstream) === 1) this.#idle.set(upstream.to, idle);
  }

  /** Lets go of those that waited too long. Called about once a second. */
  sweep(): void {
    const oldest = performance.now() - IDLE_MS;
    for (const [to, idle] of this.#idle) {
      const kept = idle.filter((upstream) => upstream.isOpen && upstream.idleSinceMs > oldest);
      for (const upstream of idle) if (!kept.includes(upstream)) upstream.destroy();
      if (kept.length === 0) this.#idle.delete(to);
      else this.#idle.set(to, kept);
    }
  }

  close(): void {
    for (const idle of this.#idle.values()) for (const upstream of idle) upstream.destroy();
    this.#idle.clear();
  }
}
