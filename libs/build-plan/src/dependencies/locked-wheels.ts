import { compareVersions } from '@weir/domain';
import type { PythonRange } from './listing.ts';

/** A package in a lock, with the names of the files that it can be installed from. */
export interface LockedFiles {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
}

const WHEEL = /-([^-]+)-([^-]+)-([^-]+)\.whl$/;
const HERE = /^any$|(?:^|\.)(?:manylinux\w*|linux)_x86_64(?:\.|$)/;

/** Pythons that each package of a lock has a wheel for; the narrowest first. What any Python can use, or what has no wheel at all, wishes for nothing. */
export function lockedWheelWishes(packages: readonly LockedFiles[]): PythonRange[] {
  return packages
    .flatMap(({ name, version, files }) => {
      const made = madeFor(files);
      return made ? [{ ...made, path: `a wheel of ${name}==${version}` }] : [];
    })
    .sort((a, b) => (a.below === null ? 1 : b.below === null ? -1 : compareVersions(a.below, b.below)))
    .map(({ from, below, path }) => ({ range: below === null ? `>=${from}` : `>=${from},<${below}`, path }));
}

/** The first Python that there is a wheel for, and the first that there is none for any more; `undefined` where any will do. */
function madeFor(files: readonly string[]): { from: string; below: string | null } | undefined {
  const wheels = files.flatMap((file) => {
    const [, python = '', abi = '', platform = ''] = WHEEL.exec(file) ?? [];
    return HERE.test(platform) ? [{ python, stable: abi.includes('abi3') }] : [];
  });
  if (wheels.length === 0 || wheels.some(({ python }) => /(?:^|\.)py3/.test(python))) return undefined;
  const minors = wheels.flatMap(({ python }) => Array.from(python.matchAll(/cp3(\d{1,2})(?!\d)/g), ([, minor]) => Number(minor))).sort((a, b) => a - b);
  const [oldest, newest] = [minors[0], minors.at(-1)];
  if (oldest === undefined || newest === undefined) return undefined;
  const stable = wheels.some((wheel) => wheel.stable && wheel.python.includes('cp3'));
  return { from: `3.${oldest}`, below: stable ? null : `3.${newest + 1}` };
}
