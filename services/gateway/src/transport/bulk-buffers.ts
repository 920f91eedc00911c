const BULK_BYTES = 262_144;
/** In use at once: with more, memory would grow with the number of busy connections. */
const MOST_TAKEN = 64;

/** Large buffers that were used and are free: the kernel fills a new one page by page, which costs more than the read itself. */
const free: Buffer[] = [];
let taken = 0;

/** @returns `undefined` when so many are in use already */
export function takeBulk(): Buffer | undefined {
  if (taken >= MOST_TAKEN) return undefined;
  taken += 1;
  return free.pop() ?? Buffer.allocUnsafeSlow(BULK_BYTES);
}

/** Nobody reads or writes it any more. */
export function giveBulk(buffer: Buffer): void {
  taken -= 1;
  free.push(buffer);
}

/** Somebody else has it for good. */
export function forgetBulk(): void {
  taken -= 1;
}
