import { giveBulk } from './bulk-buffers.ts';
import type { Channel } from './channel.ts';
import { sendCopy } from './send-copy.ts';
import type { Wire } from './wire.ts';

/** Writes bytes as a channel's reader received them. @returns whether the socket takes more now */
export function passOn(chunk: Buffer, lent: boolean, from: Channel, socket: Wire): boolean {
  if (lent) return sendCopy(socket, chunk);
  let given: Buffer | undefined;
  const flowing = socket.write(chunk, () => given && giveBulk(given));
  if (socket.writableLength === 0) return true;
  given = from.lend();
  return flowing;
}
