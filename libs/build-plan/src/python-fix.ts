import { compareVersions, type Fix } from '@weir/domain';
import type { FailureFacts } from './failure-facts.ts';

const minorOf = (python: string): number => Number(python.split('.')[1] ?? 0);

/** The Python nearest to the present one that can be chosen here and suits, as a setting; of two equally near the newer. */
export function pythonFix({ pythons = [], plan }: FailureFacts, suits: (python: string) => boolean): Fix | undefined {
  const distance = (python: string): number => Math.abs(minorOf(python) - minorOf(plan?.python ?? python));
  const [value] = pythons.filter((python) => python !== plan?.python && suits(python)).sort((a, b) => distance(a) - distance(b) || compareVersions(b, a));
  return value === undefined ? undefined : { setting: 'python', value };
}
