import type { Wire } from '../transport/wire.ts';

/** Bytes to the browser, and from it. */
export interface Bytes {
  readonly sent: number;
  readonly received: number;
}

export const NO_BYTES: Bytes = { sent: 0, received: 0 };

/** How many bytes have gone since it was last asked. */
export type Meter = () => Bytes;

/**
 * @param read all bytes so far
 * @param last those that were counted already
 */
export function meterOf(read: () => Bytes, last = NO_BYTES): Meter {
  let { sent, received } = last;
  return () => {
    const now = read();
    const since = { sent: now.sent - sent, received: now.received - received };
    [sent, received] = [now.sent, now.received];
    return since;
  };
}

/** Counts what a connection carries from now on; what lies unread in it is still to come. */
export const meterOfSocket = (socket: Wire): Meter =>
  meterOf(() => ({ sent: socket.bytesWritten, received: socket.bytesRead }), { sent: socket.bytesWritten, received: socket.bytesRead - socket.readableLength });
