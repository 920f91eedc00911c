import { getSystemErrorName } from 'node:util';
import type { SocketError } from './socket-owner.ts';

/** What a stream of Node's would say. @param status libuv's error */
export function systemError(status: number, call: string): SocketError {
  const code = getSystemErrorName(status);
  return Object.assign(new Error(`${call} ${code}`), { code });
}
