import { runTool } from './run-tool.ts';

/** Each rule and chain of this host's packet filter, of both families, without what is counted. */
export async function filterRules(): Promise<string[]> {
  const saved = await Promise.all(['iptables-save', 'ip6tables-save'].map(async (tool) => (await runTool(tool)).split('\n').map((line) => `${tool}: ${line}`)));
  return saved.flat().filter((line) => /: [-:]/.test(line)).map((line) => line.replace(/ \[\d+:\d+\]$/, ''));
}

/** A chain of an installation, a bridge of an app, or a bridge of the engine's own: those come and go with whoever else uses this machine. */
const OF_SOMEBODY = /WEIR-[a-z2-7]{8}|\bw[a-z2-7]{4}([0-9a-z]{8}\b|\+)|\bbr-[0-9a-f]{12}\b/;

/** Those that are no installation's and no network's: the host's own. Sorted: the engine puts its hook first again with each network. */
export const hostRules = async (): Promise<string[]> => (await filterRules()).filter((line) => !OF_SOMEBODY.test(line)).toSorted();
