import { compareVersions } from '@weir/domain';
import type { PythonRange } from './dependencies/listing.ts';
import { staysBelow } from './version-range.ts';

const PYTHONS = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14'] as const;

/**
 * Of packages that take long to compile, or cannot be without more: the first release with wheels for each of those
 * Pythons, on 64-bit Linux, as PyPI had them in November 2026.
 */
const FIRST_WHEELS: Readonly<Record<string, readonly string[]>> = {
  numpy: ['1.19.3', '1.21.2', '1.23.2', '1.26.0', '2.1.0', '2.3.2'],
  pandas: ['1.1.3', '1.3.3', '1.5.0', '2.1.1', '2.2.3', '2.3.3'],
  scipy: ['1.5.4', '1.7.2', '1.9.2', '1.11.2', '1.14.1', '1.16.1'],
  'scikit-learn': ['0.24.0', '1.0.2', '1.1.3', '1.3.1', '1.5.2', '1.7.2'],
  matplotlib: ['3.3.3', '3.5.0', '3.6.0', '3.7.3', '3.9.2', '3.10.5'],
  pyarrow: ['3.0.0', '6.0.0', '10.0.1', '14.0.0', '18.0.0', '22.0.0'],
  pillow: ['8.0.0', '8.3.2', '9.2.0', '10.0.0', '10.4.0', '11.3.0'],
  lxml: ['4.5.2', '4.6.3', '4.9.1', '4.9.3', '5.3.0', '6.0.1'],
  tensorflow: ['2.5.0', '2.8.0', '2.12.0', '2.16.1', '2.20.0'],
  torch: ['1.7.1', '1.11.0', '1.13.0', '2.2.0', '2.5.0', '2.9.0'],
};

/** The Pythons that a release of such a package has wheels for; `undefined` where that is not known. */
export function wheelPythons(requirement: string): readonly string[] | undefined {
  const [, name = '', version] = /^([\w.-]+)==([\d.]+)$/.exec(requirement) ?? [];
  const releases = Object.hasOwn(FIRST_WHEELS, name) ? FIRST_WHEELS[name] : undefined;
  if (releases === undefined || version === undefined) return undefined;
  return PYTHONS.filter((_, index) => releases[index] !== undefined && compareVersions(version, releases[index]) >= 0);
}

/** Pythons for which what the repository asks for has wheels, where it does not allow newer releases; the narrowest first. */
export function wheelWishes(versions: ReadonlyMap<string, string>): PythonRange[] {
  const tooNew = Object.entries(FIRST_WHEELS).flatMap(([name, releases]) => {
    const range = versions.get(name) ?? '';
    const python = PYTHONS[releases.findIndex((release) => staysBelow(range, release))];
    return python === undefined ? [] : [{ python, path: `a wheel of ${name}${range}` }];
  });
  return tooNew.sort((a, b) => compareVersions(a.python, b.python)).map(({ python, path }) => ({ range: `<${python}`, path }));
}
