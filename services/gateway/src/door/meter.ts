/** Bytes to the browser, and from it. */
export interface Bytes {
  readonly sent: number;
  readonly received: number;
}

/** How many bytes have gone since it was last asked. */
export type Meter = () => Bytes;

/** @param read all bytes so far */
export function meterOf(read: () => Bytes): Meter {
  let last: Bytes = { sent: 0, received: 0 };
  return () => {
    const now = read();
    const since = { sent: now.sent - last.sent, received: now.received - last.received };
    last = { sent: now.sent, received: now.received };
    return since;
  };
}
