import { FLUSH, PacketReader, packet } from './pkt-line.ts';

/**
 * Git's answer to a push, passed on except for its very last flush: what is said between the two
 * appears in the pushing terminal. Learns on the way which refs were taken.
 */
export class ReceivePackAnswer {
  readonly accepted: string[] = [];
  /** Whether git could take in what was sent at all; not set before it says so. */
  unpacked: boolean | undefined;
  readonly #outer = new PacketReader();
  readonly #inner = new PacketReader();
  #flushes = 0;

  /** @param sideBand whether the client asked for side-band-64k; without it nothing can be said to it */
  constructor(private readonly sideBand: boolean) {}

  /** What may be passed on now. */
  push(chunk: Buffer): Buffer {
    if (!this.sideBand) {
      this.#read(chunk);
      return chunk;
    }
    const out: Buffer[] = [];
    for (const line of this.#outer.push(chunk)) {
      if (line === null) {
        this.#flushes++;
        continue;
      }
      for (; this.#flushes > 0; this.#flushes--) out.push(FLUSH);
      if (line[0] === 1) this.#read(line.subarray(1));
      out.push(packet(line));
    }
    return Buffer.concat(out);
  }

  /** What was held back. */
  end(): Buffer {
    return Buffer.concat([...Array.from({ length: this.#flushes }, () => FLUSH), this.sideBand ? this.#outer.rest : Buffer.alloc(0)]);
  }

  #read(chunk: Buffer): void {
    for (const line of this.#inner.push(chunk)) {
      const unpack = line && /^unpack (.+?)\n?$/.exec(line.toString('utf8'))?.[1];
      if (unpack) this.unpacked = unpack === 'ok';
      const ref = line && /^ok (.+?)\n?$/.exec(line.toString('utf8'))?.[1];
      if (ref) this.accepted.push(ref);
    }
  }
}
