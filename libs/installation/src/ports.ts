import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { DataFolder } from './data-folder.ts';

export const PORT_NAMES = ['postgres', 'controlPlane', 'worker', 'console', 'gatewayAdmin'] as const;
export type Ports = Record<(typeof PORT_NAMES)[number], number>;

/** Whether a loopback port is free; 0 finds one. Gives the port, or `undefined`. */
export function tryPort(port: number, host = '127.0.0.1'): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** The installation's loopback ports: those it had, unless somebody else took one meanwhile. */
export async function claimPorts(data: DataFolder): Promise<Ports> {
  const before: Partial<Ports> = existsSync(data.file('ports.json')) ? (JSON.parse(data.read('ports.json')) as Partial<Ports>) : {};
  const ports: Partial<Ports> = {};
  for (const name of PORT_NAMES) {
    const port = (before[name] && (await tryPort(before[name]))) || (await tryPort(0));
    if (!port) throw new Error('no free loopback port');
    ports[name] = port;
  }
  data.write('ports.json', JSON.stringify(ports));
  return ports as Ports;
}
