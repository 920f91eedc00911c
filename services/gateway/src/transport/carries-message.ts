import { CLOSE } from './frame-cursor.ts';

const CONTROL_MASK = 0xf8;
/** FIN, and an opcode from 8 to 15: RFC 6455 §5.5 has control frames whole, and no longer than 125 bytes. */
const CONTROL = 0x88;
const HEAD_AND_MASK_BYTES = 6;

/** Whether bytes from a browser are a close and nothing else. */
export const isClose = (chunk: Uint8Array): boolean => chunk[0] === CLOSE && chunk.length === HEAD_AND_MASK_BYTES + ((chunk[1] ?? 0) & 0x7f);

/**
 * Whether bytes from a browser are more than pings, pongs and closes.
 *
 * Looks at where a chunk begins, not at where frames do: a browser writes a frame at once, and bytes from
 * the middle of a large message are a message too.
 */
export function carriesMessage(chunk: Uint8Array): boolean {
  let offset = 0;
  while (offset < chunk.length && ((chunk[offset] ?? 0) & CONTROL_MASK) === CONTROL) offset += HEAD_AND_MASK_BYTES + ((chunk[offset + 1] ?? 0) & 0x7f);
  return offset < chunk.length;
}
