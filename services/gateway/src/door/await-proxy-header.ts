import { NOBODY, type Channel } from '../transport/channel.ts';
import { readProxyHeader, type ProxyHeader } from './proxy-protocol.ts';

/** A proxy sends its header in one piece, at once. */
const LIMIT_MS = 5_000;

/**
 * Takes the PROXY header off a connection, which is paused then.
 *
 * `done` gets what came behind it; no header when none came: the connection is of no use then.
 */
export function awaitProxyHeader(channel: Channel, done: (header: ProxyHeader | undefined, unread: Buffer) => void): void {
  let bytes = Buffer.alloc(0);
  const settle = (header: ProxyHeader | undefined): void => {
    clearTimeout(deadline);
    channel.reader = NOBODY;
    channel.socket.pause();
    done(header, bytes.subarray(header?.length ?? 0));
  };
  const receive = (chunk: Buffer): boolean => {
    bytes = Buffer.concat([bytes, chunk]);
    const header = readProxyHeader(bytes);
    if (header !== 'partial') settle(header === 'malformed' ? undefined : header);
    return true;
  };
  const lost = (): void => settle(undefined);
  const deadline = setTimeout(lost, LIMIT_MS);
  channel.reader = { ...NOBODY, receive, ended: lost, closed: lost };
}
