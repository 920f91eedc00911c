import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Wire } from '../transport/wire.ts';

/** Answers on a bare connection, where there is no ServerResponse to do it, and closes it. */
export function refuse(socket: Wire | Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy();
  const retry = status === 503 ? 'Retry-After: 2\r\n' : '';
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Length: 0\r\n${retry}\r\n`, () => socket.destroy());
}
