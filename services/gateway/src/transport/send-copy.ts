import type { Wire } from './wire.ts';

const SLAB_BYTES = 131_072;

let slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
let used = 0;

/**
 * Writes bytes that are overwritten after the call, by way of a copy.
 *
 * Nearly every write leaves at once, and then its place is free for the next: a message costs no memory.
 *
 * @returns whether the socket takes more now
 */
export function sendCopy(socket: Wire, chunk: Buffer): boolean {
  if (chunk.length > SLAB_BYTES) return socket.write(Buffer.from(chunk));
  if (chunk.length > SLAB_BYTES - used) [slab, used] = [Buffer.allocUnsafeSlow(SLAB_BYTES), 0];
  const start = used;
  used += chunk.length;
  const copy = slab.subarray(start, used);
  copy.set(chunk);
  const flowing = socket.write(copy);
  if (socket.writableLength > 0) return flowing;
  if (used === start + chunk.length) used = start;
  return true;
}
