import { listOf, portOfAddress } from './gateway-settings.ts';
import { tryPort } from './ports.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';

/** Where the gateway listens without TLS: for this machine, its command line and proxies on it. */
export const ownAddresses = (port: number): string[] => [`127.0.0.1:${port}`, `[::1]:${port}`];

/**
 * Whether the gateway can listen where these settings say.
 *
 * @param running what it listens on now, if it runs: those ports are ours
 * @throws Refusal
 */
export async function checkPublicPorts(settings: Settings, running?: Settings): Promise<void> {
  const held = new Set(running ? [running.port, ...listOf(running.gateway.WEIR_TLS_LISTEN).map(portOfAddress)] : []);
  const isFree = async (address: string): Promise<boolean> => {
    const port = portOfAddress(address);
    return held.has(port) || (await tryPort(port, address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'))) !== undefined;
  };
  for (const address of ownAddresses(settings.port)) {
    if (!(await isFree(address))) throw new Refusal('port.taken', `${address} is taken. Choose another port with --port.`);
  }
  for (const address of listOf(settings.gateway.WEIR_TLS_LISTEN)) {
    if (!(await isFree(address))) throw new Refusal('port.taken', `WEIR_TLS_LISTEN: ${address} is taken, or not for this user or machine to listen on.`);
  }
}
