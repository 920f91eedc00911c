import type { RollbackView } from '@weir/contracts';
import type { ReleaseRow, Rows } from '@weir/database';
import { packageChanges } from '@weir/domain';
import type { SecretName } from '../secrets/secret-names.ts';

/** What runs now: the live release, with the app's limits as they are today. */
export const settingChanges = (app: Rows.App, live: ReleaseRow, target: ReleaseRow): RollbackView['settings'] => {
  const framework = ({ framework: name, frameworkVersion }: ReleaseRow): string => (frameworkVersion === null ? name : `${name} ${frameworkVersion}`);
  const pairs: readonly [name: string, from: string | number, to: string | number][] = [
    ['entryFile', live.entryFile, target.entryFile],
    ['python', live.python, target.python],
    ['framework', framework(live), framework(target)],
    ['memoryMib', app.memoryMib, target.memoryMib],
    ['cpus', app.cpus, target.cpus],
    ['pids', app.pids, target.pids],
  ];
  return pairs.filter(([, from, to]) => from !== to).map(([name, from, to]) => ({ name, from: String(from), to: String(to) }));
};

/** Releases of one environment have the same packages, whether or not they are listed. */
export function lockChanges(live: ReleaseRow, target: ReleaseRow): RollbackView['packages'] {
  if (live.environment === target.environment) return [];
  return live.lock === null || target.lock === null ? null : packageChanges(live.lock, target.lock);
}

export function secretChanges(now: readonly SecretName[], then: readonly SecretName[]): RollbackView['secrets'] {
  const before = new Map(now.map(({ name, fingerprint }) => [name, fingerprint]));
  const after = new Map(then.map(({ name, fingerprint }) => [name, fingerprint]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ name, change: !before.has(name) ? 'restored' : after.has(name) ? 'changed' : 'removed' }));
}
