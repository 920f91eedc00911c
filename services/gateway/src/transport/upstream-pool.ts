import type { Address } from './address.ts';
import { SharedReads } from './shared-reads.ts';

/** uvicorn closes an idle connection after 5 s; a request sent at that moment would be lost. */
const IDLE_MS = 4_000;
const MOST_IDLE = 32;

/** Who uses a connection now. */
export interface UpstreamUser {
  /** Bytes arrived. @returns whether to go on reading; `lent` bytes are overwritten after the call */
  read(chunk: Buffer, lent: boolean): boolean;
  /** What was written has left. */
  drained(): void;
  /** The other side says no more; nothing is read or written after that. */
  lost(error?: Error & { code?: string }): void;
}

/** A connection to an upstream that carries one request after another. */
export class Upstream {
  readonly reads: SharedReads;
  /** It has carried a request before. */
  isUsed = false;
  idleSinceMs = 0;
  user: UpstreamUser | undefined;

  constructor(readonly to: Address) {
    this.reads = SharedReads.dial(to);
    this.reads.receive = (chunk, lent) => {
      if (this.user) return this.user.read(chunk, lent);
      this.destroy(); // speaks without being asked
      return true;
    };
    const { socket } = this.reads;
    socket.on('drain', () => this.user?.drained());
    socket.on('end', () => this.#lost());
    socket.on('error', (error) => this.#lost(error));
    socket.on('close', () => this.#lost());
  }

  write(text: string): void {
    this.reads.socket.write(text, 'latin1');
  }

  destroy(): void {
    this.user = undefined;
    this.reads.socket.destroy();
  }

  get isOpen(): boolean {
    return !this.reads.socket.destroyed && this.reads.socket.writable;
  }

  #lost(error?: Error): void {
    const { user } = this;
    this.destroy();
    user?.lost(error);
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
