import type { Socket } from 'node:net';
import { readProxyHeader, type ProxyHeader } from './proxy-protocol.ts';

/** A proxy sends its header in one piece, at once. */
const LIMIT_MS = 5_000;

/** Takes the PROXY header off a connection. `done` gets `undefined` when none came: the connection is of no use then. */
export function awaitProxyHeader(socket: Socket, done: (header: ProxyHeader | undefined) => void): void {
  let bytes = Buffer.alloc(0);
  const settle = (header: ProxyHeader | undefined): void => {
    clearTimeout(deadline);
    socket.pause().off('data', read).off('end', lost).off('close', lost);
    if (header && bytes.length > header.length) socket.unshift(bytes.subarray(header.length));
    done(header);
  };
  const read = (chunk: Buffer): void => {
    bytes = Buffer.concat([bytes, chunk]);
    const header = readProxyHeader(bytes);
    if (header !== 'partial') settle(header === 'malformed' ? undefined : header);
  };
  const lost = (): void => settle(undefined);
  const deadline = setTimeout(lost, LIMIT_MS);
  socket.on('data', read).once('end', lost).once('close', lost);
}
