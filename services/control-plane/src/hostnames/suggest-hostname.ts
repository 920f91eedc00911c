import { hostnameFrom, hostnameProblem } from '@weir/domain';

const LONGEST = 63;
const TRIES = 20;

/** Names near `wanted` that a person may like as well, best first; all of them valid. */
export function hostnamesNear(wanted: string): string[] {
  const base = hostnameFrom(wanted) || 'app';
  const numbered = Array.from({ length: TRIES }, (_, i) => `${base.slice(0, LONGEST - 4).replace(/-+$/, '')}-${i + 2}`);
  return [base, `${base.slice(0, LONGEST - 4).replace(/-+$/, '')}-app`, ...numbered].filter((name) => hostnameProblem(name) === undefined);
}
