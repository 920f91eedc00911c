import type { Fix } from '@weir/domain';
import { nearestPython } from './nearest-python.ts';

interface Pythons {
  /** The one the app runs on. */
  readonly python: string | undefined;
  /** Those that it could be set to. */
  readonly pythons: readonly string[] | undefined;
}

/** Of the Pythons that can be chosen here and suit, the nearest to the one the app runs on, as a setting: what else it needs was made for about that. */
export function pythonFix({ python = '', pythons = [] }: Pythons, suits: (python: string) => boolean): Fix | undefined {
  const value = nearestPython(python, pythons.filter((each) => each !== python && suits(each)));
  return value === undefined ? undefined : { setting: 'python', value };
}
