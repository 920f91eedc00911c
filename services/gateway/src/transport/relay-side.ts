import type { Channel, Reader } from './channel.ts';

/** What carries bytes between two sides. */
export interface Carrier {
  /** @returns whether more may come */
  toUpstream(chunk: Buffer, lent: boolean): boolean;
  /** @returns whether more may come */
  toClient(chunk: Buffer, lent: boolean): boolean;
  fellSilent(side: Channel, other: Channel): void;
  left(): void;
}

/** One end of a relay. */
abstract class Side implements Reader {
  #isSilent = false;

  constructor(
    protected readonly relay: Carrier,
    private readonly own: Channel,
    private readonly other: Channel,
  ) {}

  abstract receive(chunk: Buffer, lent: boolean): boolean;

  drained(): void {
    this.other.resume();
  }

  ended(): void {
    if (this.#isSilent) return;
    this.#isSilent = true;
    this.relay.fellSilent(this.own, this.other);
  }

  closed(): void {
    this.ended();
    this.relay.left();
  }
}

export class BrowserSide extends Side {
  receive(chunk: Buffer, lent: boolean): boolean {
    return this.relay.toUpstream(chunk, lent);
  }
}

export class UpstreamSide extends Side {
  receive(chunk: Buffer, lent: boolean): boolean {
    return this.relay.toClient(chunk, lent);
  }
}
