/** One line of Git's pkt-line framing (gitprotocol-common(5)); `null` is a flush. */
export type Packet = Buffer | null;

const MAX_DATA = 65_516;

/** Frames a payload; longer ones must be split before. */
export function packet(data: Buffer): Buffer {
  if (data.length > MAX_DATA) throw new RangeError('a packet is at most 65516 bytes');
  return Buffer.concat([Buffer.from((data.length + 4).toString(16).padStart(4, '0')), data]);
}

export const FLUSH = Buffer.from('0000');

/** Text for the pushing terminal: side band 2, in as many packets as it takes. */
export function progressPackets(text: string): Buffer {
  const data = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; at < data.length; at += 60_000) parts.push(packet(Buffer.concat([Buffer.from([2]), data.subarray(at, at + 60_000)])));
  return Buffer.concat(parts);
}

/** Takes a stream in pieces cut anywhere and gives whole packets. */
export class PacketReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Reads no further than it is iterated: what follows a flush may be framed otherwise. @throws Error when it is not pkt-line framing */
  *push(chunk: Buffer): Generator<Packet> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 4) {
      const length = this.#lengthOf(this.#rest.subarray(0, 4).toString('latin1'));
      const end = Math.max(length, 4);
      if (this.#rest.length < end) return;
      const data = this.#rest.subarray(4, end);
      this.#rest = this.#rest.subarray(end);
      yield length === 0 ? null : data;
    }
  }

  /** Bytes that are not yet a whole packet. */
  get rest(): Buffer {
    return this.#rest;
  }

  #lengthOf(text: string): number {
    const length = /^[0-9a-f]{4}$/i.test(text) ? Number.parseInt(text, 16) : -1;
    if (length < 0 || (length > 0 && length < 4)) throw new Error('this is not pkt-line framing');
    return length;
  }
}
