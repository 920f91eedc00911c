import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificates } from './certificates.ts';

const HANDSHAKE_MS = 10_000;

/** Ends TLS on a connection. `done` gets the plain one, or `undefined` if no handshake came about; then it is closed. */
export function secure(socket: Socket, certificates: Certificates, done: (plain: TLSSocket | undefined) => void): void {
  const context = certificates.contextFor(undefined);
  const tls = new TLSSocket(socket, {
    isServer: true,
    ...(context ? { secureContext: context } : {}),
    ALPNProtocols: ['http/1.1'],
    SNICallback: (name, answer) => answer(null, certificates.contextFor(name.toLowerCase())),
  });
  const settle = (plain: TLSSocket | undefined): void => {
    clearTimeout(deadline);
    tls.off('secure', succeeded).off('close', failed);
    if (!plain) {
      tls.destroy();
      socket.destroy();
    }
    done(plain);
  };
  const succeeded = (): void => settle(tls);
  const failed = (): void => settle(undefined);
  const deadline = setTimeout(failed, HANDSHAKE_MS);
  tls.on('error', () => tls.destroy());
  tls.once('secure', succeeded).once('close', failed);
}
