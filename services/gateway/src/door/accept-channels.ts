import type { Server } from 'node:net';
import { Channel } from '../transport/channel.ts';

/** A server's own handle, as `node:net` listens to it. */
interface ListeningHandle {
  onconnection: (this: unknown, error: number, handle: object | undefined) => void;
  setNoDelay: (enable: boolean) => number;
}

/**
 * Makes channels of what a listening server accepts.
 *
 * `node:net` has no option by which such a connection reads into a buffer of ours, and would make a stream first that
 * nobody needs. Where its server is not what it was when this was written, those streams are taken.
 */
export function acceptChannels(server: Server, accept: (channel: Channel) => void): void {
  server.on('connection', (socket) => accept(Channel.over(socket)));
  const listening = Reflect.get(server, '_handle') as Partial<ListeningHandle> | null;
  const original = listening?.onconnection;
  if (typeof original !== 'function' || typeof listening?.setNoDelay !== 'function') return;
  listening.setNoDelay(true); // and so are those that it accepts: Linux gives them its options
  listening.onconnection = function (error, handle) {
    if (error || !handle) original.call(this, error, handle);
    else accept(Channel.adopt(handle));
  };
}
