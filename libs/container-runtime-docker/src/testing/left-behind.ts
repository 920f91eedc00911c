import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type Docker from 'dockerode';
import { bridgePrefix } from '../names.ts';
import { runTool } from '../testing/run-tool.ts';

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** All that is left on this host of an installation: nothing, once its tests are over. */
export async function leftOf(docker: Docker, installation: string): Promise<Record<string, readonly string[]>> {
  const filters = { label: [`weir.installation=${installation}`] };
  const bridge = bridgePrefix(installation);
  const saved = await Promise.all(['iptables-save', 'ip6tables-save', 'ip'].map((tool) => (tool === 'ip' ? runTool('ip', 'route') : runTool(tool))));
  return {
    containers: (await docker.listContainers({ all: true, filters })).map(({ Id }) => Id),
    networks: (await docker.listNetworks({ filters })).map(({ Name }) => Name),
    images: (await docker.listImages({ all: true })).flatMap(({ RepoTags }) => RepoTags ?? []).filter((name) => name.includes(installation)),
    rulesAndRoutes: saved.flatMap(lines).filter((line) => line.includes(installation) || line.includes(bridge)),
    devices: readdirSync('/sys/class/net').filter((name) => name.startsWith(bridge)),
    mounts: lines(readFileSync('/proc/mounts', 'utf8')).filter((line) => line.includes(installation)),
    folders: [`/run/weir/${installation}`].filter(existsSync),
    namespaces: lines(await runTool('ip', 'netns', 'list')).filter((name) => name.includes(installation)),
  };
}

/** What an attack would have had to change to harm this host. */
export async function hostState(): Promise<Record<string, unknown>> {
  return {
    hostname: readFileSync('/proc/sys/kernel/hostname', 'utf8'),
    devices: readdirSync('/dev').filter((name) => !/^(loop|dm-|pts|tty|vcs|nbd)/.test(name)).toSorted(),
    forwarding: readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8'),
    forwardPolicy: lines(await runTool('iptables', '-w', '5', '-S', 'FORWARD'))[0],
    passwords: readFileSync('/etc/passwd', 'utf8'),
  };
}
