import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { bindError } from './bind-error.ts';
import type { DataFolder } from './data-folder.ts';

export const PORT_NAMES = ['postgres', 'controlPlane', 'worker', 'console', 'gatewayAdmin'] as const;
export type Ports = Record<(typeof PORT_NAMES)[number], number>;

/** Linux gives outgoing connections ports from 32768 up. One below stays free until the process that it was found for listens. */
const LISTENING = { from: 20_000, to: 32_000 };
const ATTEMPTS = 100;

const isFree = async (port: number): Promise<boolean> => (await bindError(port)) === undefined;

async function findPort(taken: readonly number[]): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(LISTENING.from, LISTENING.to);
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  throw new Error('no free loopback port');
}

/** The installation's loopback ports: those it had, unless somebody else took one meanwhile. */
export async function claimPorts(data: DataFolder): Promise<Ports> {
  const before: Partial<Ports> = existsSync(data.file('ports.json')) ? (JSON.parse(data.read('ports.json')) as Partial<Ports>) : {};
  const ports: Partial<Ports> = {};
  for (const name of PORT_NAMES) {
    const had = before[name];
    ports[name] = had !== undefined && (await isFree(had)) ? had : await findPort(Object.values(ports));
  }
  data.write('ports.json', JSON.stringify(ports));
  return ports as Ports;
}
