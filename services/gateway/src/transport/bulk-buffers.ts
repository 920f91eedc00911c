const BULK_BYTES = 262_144;
const MOST_FREE = 16;

/** Large buffers that were used and are free: the kernel fills a new one page by page, which costs more than the read itself. */
const free: Buffer[] = [];

export const takeBulk = (): Buffer => free.pop() ?? Buffer.allocUnsafeSlow(BULK_BYTES);

/** Nobody reads or writes it any more. */
export function giveBulk(buffer: Buffer): void {
  if (free.length < MOST_FREE) free.push(buffer);
}
