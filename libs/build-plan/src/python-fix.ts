import { compareVersions, type Fix } from '@weir/domain';
import type { FailureFacts } from './failure-facts.ts';

/** The newest Python that can be chosen here and suits, as a setting. */
export function pythonFix({ pythons = [], plan }: FailureFacts, suits: (python: string) => boolean): Fix | undefined {
  const value = pythons.filter((python) => python !== plan?.python && suits(python)).sort(compareVersions).at(-1);
  return value === undefined ? undefined : { setting: 'python', value };
}
