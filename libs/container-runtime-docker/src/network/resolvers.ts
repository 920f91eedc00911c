import { readFile } from 'node:fs/promises';

/** The name servers of a `resolv.conf` that a container can reach: IPv4, and not this host's own loopback. */
export function resolversOf(resolvConf: string): string[] {
  return [...resolvConf.matchAll(/^\s*nameserver\s+(\d{1,3}(?:\.\d{1,3}){3})\s*$/gm)].map((match) => match[1] ?? '').filter((address) => !address.startsWith('127.'));
}

/** The host's own list; and where that names a resolver of systemd's on loopback, the list that one asks. */
const FILES = ['/etc/resolv.conf', '/run/systemd/resolve/resolv.conf'];

/** The name servers that apps are given. None: the engine chooses, and asks them for the apps. */
export async function hostResolvers(files: readonly string[] = FILES): Promise<string[]> {
  for (const file of files) {
    const found = resolversOf(await readFile(file, 'utf8').catch(() => '')); // not on every host
    if (found.length > 0) return found;
  }
  return [];
}
