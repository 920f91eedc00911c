import { type Diagnoser, findLine } from './failure-facts.ts';
import type { BuildPlan } from './plan.ts';

const ADDRESS = /https?:\/\/(?:[^\s/@`']*@)?([A-Za-z0-9.-]+)(?::\d+)?[^\s`')]*/g;
/** The last words of an installer, which name what it could not fetch. */
const ENDING = 60;

/** What the proxy of a build says of a host that it could not reach, in words. */
const CODES: Readonly<Record<string, string>> = { ENOTFOUND: 'the name has no address', EAI_AGAIN: 'the name could not be looked up', ECONNREFUSED: 'it refuses connections', ETIMEDOUT: 'it does not answer', EHOSTUNREACH: 'there is no way to it', ENETUNREACH: 'there is no way to it' };
const inWords = (why: string): string => CODES[/\((E[A-Z_]+)\)$/.exec(why)?.[1] ?? ''] ?? why;

/** Named by every lock, and nobody's choice: that it is away says nothing of the repository. */
const PUBLIC_INDEX = new Set(['pypi.org', 'files.pythonhosted.org']);

/** A host that the repository itself names and that the build was kept from, or could not reach. */
export const hostUnreachable: Diagnoser = ({ log, plan, denied = [] }) => {
  const hosts = new Map(denied.filter(({ host }) => !PUBLIC_INDEX.has(host)).map(({ host, why }) => [host, why]));
  if (hosts.size === 0) return undefined;
  for (const [, host = ''] of log.slice(-ENDING).join('\n').matchAll(ADDRESS)) {
    const place = hosts.has(host) ? placeOf(plan, host) : undefined;
    if (place === undefined) continue;
    return {
      code: 'build.host_unreachable',
      message: `${place} needs ${host}, which the build could not reach: ${inWords(hosts.get(host) ?? '')}.`,
      hint: `Ask the operator whether builds may reach ${host}, or use what the package index has instead.`,
      line: findLine(log, new RegExp(`https?://[^\\s/]*${host.replaceAll('.', '\\.')}`))?.index ?? null,
    };
  }
  return undefined;
};

/** Where a host is named first; locks name it where their project does not. */
function placeOf(plan: BuildPlan | null, host: string): string | undefined {
  for (const [path, text] of plan?.environmentInputs ?? []) {
    const line = text.split(/\r\n|\n|\r/).findIndex((each) => !each.trimStart().startsWith('#') && each.includes(host));
    if (line >= 0 && path !== 'install') return `${path} line ${line + 1}`;
  }
  return undefined;
}
