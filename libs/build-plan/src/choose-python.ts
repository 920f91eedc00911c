import { compareVersions } from '@weir/domain';
import type { PythonRange } from './dependencies/listing.ts';
import { nearestPython } from './nearest-python.ts';
import { PlanFailure } from './plan-failure.ts';
import { inDir, type RepositoryTree } from './repository-tree.ts';
import { pythonSatisfies } from './version-range.ts';

export interface PythonChoice {
  readonly python: string;
  readonly notes: readonly string[];
}

interface PythonQuestion {
  /** What the app's settings say; refused if it cannot be had. */
  readonly asked: string | null;
  readonly available: readonly string[];
  readonly byDefault: string;
  /** `requires-python` of the files that were chosen: nothing else is taken. */
  readonly requires: readonly PythonRange[];
  /** What the scripts themselves cannot be read without: counts before every wish, as far as it can be had. */
  readonly needs?: readonly PythonRange[];
  /** Its versions are of a certain time, and need a Python of that time. */
  readonly isOfItsTime: boolean;
  /** What the repository was made with, what counts most first: the nearest is taken. */
  readonly wishes: readonly PythonRange[];
}

/** Settings first, then the wishes, then the default; always within what is required. */
export function choosePython({ asked, available, byDefault, requires, needs = [], isOfItsTime, wishes: wished }: PythonQuestion): PythonChoice {
  const list = [...available].sort(compareVersions);
  if (asked !== null) return askedFor(asked, list, requires, wished);

  const fitting = requires.reduce((left, range) => within(left, range, list), list);
  // What any Python here can read asks for nothing, and what none can is no reason for a worse choice.
  const wishes = [...needs.filter(({ range }) => new Set(fitting.map((version) => pythonSatisfies(version, range))).size > 1), ...wished];
  const bounds = requires[0] ? ` within ${requires[0].path}'s “${requires[0].range}”` : '';
  const [first] = wishes;
  if (first) return wishedFor(first, wishes, fitting, { byDefault, bounds, isIdle: !isOfItsTime && isOlderThanAll(first.range, list) });
  if (fitting.includes(byDefault)) return { python: byDefault, notes: [`Python ${byDefault}, the default${bounds}.`] };
  const python = nearest(byDefault, fitting);
  return { python, notes: [`Python ${python}, the nearest to the default ${byDefault}${bounds}.`] };
}

function within(left: readonly string[], { range, path }: PythonRange, list: readonly string[]): string[] {
  const fitting = left.filter((version) => pythonSatisfies(version, range));
  if (fitting.length > 0) return fitting;
  throw new PlanFailure('plan.python_unavailable', `${path} asks for Python ${range}, but there is only ${joined(list)} here.`, `Widen requires-python so that it allows ${joined(list)}, or ask the operator for that Python.`);
}

function askedFor(asked: string, list: readonly string[], requires: readonly PythonRange[], wishes: readonly PythonRange[]): PythonChoice {
  if (!list.includes(asked)) throw new PlanFailure('plan.python_unavailable', `Python ${asked} is not available; there is ${joined(list)}.`, `Choose ${joined(list, 'or')} in the app's settings.`);
  const against = requires.find(({ range }) => !pythonSatisfies(asked, range));
  const unmet = wishes.filter(({ range }) => !pythonSatisfies(asked, range)).map(({ range, path }) => `${path} asks for ${range}`);
  if (!against) return { python: asked, notes: [`Python ${asked}, as the app's settings ask${unmet.length === 0 ? '' : `, though ${unmet.join(' and ')}`}.`] };
  const fitting = list.filter((version) => requires.every(({ range }) => pythonSatisfies(version, range)));
  throw new PlanFailure('plan.python_unavailable', `The app is set to Python ${asked}, but ${against.path} asks for ${against.range}.`, fitting.length > 0 ? `Choose ${joined(fitting, 'or')} in the app's settings.` : 'Widen requires-python, or ask the operator for that Python.');
}

/** What is newest today is not made for the oldest Python that is left. */
const isOlderThanAll = (range: string, versions: readonly string[]): boolean => versions.every((version) => pythonSatisfies(version, `>${range.replace(/^[^\d]+|[^\d.].*$/g, '')}`));

/**
 * The default, or else the nearest to it, of what all wishes allow that can be met together; where not even the first can, the nearest to that.
 *
 * @param isIdle the first is for a Python that is gone, and nothing else is of that time
 */
function wishedFor(first: PythonRange, wishes: readonly PythonRange[], fitting: readonly string[], { byDefault, bounds, isIdle }: { byDefault: string; bounds: string; isIdle: boolean }): PythonChoice {
  let allowed = fitting;
  const met: PythonRange[] = [];
  for (const wish of wishes) {
    const both = allowed.filter((version) => pythonSatisfies(version, wish.range));
    if (both.length === 0 || (both.length === allowed.length && met.length > 0)) continue;
    met.push(wish);
    allowed = both;
  }
  if (!met.includes(first)) {
    if (isIdle) {
      const python = allowed.includes(byDefault) ? byDefault : nearest(byDefault, allowed);
      return { python, notes: [`Python ${python}: ${first.path} asks for ${first.range}, which is not available, and most packages are asked for in whatever version is newest${bounds}.`] };
    }
    const python = nearest(/\d+(?:\.\d+)?/.exec(first.range)?.[0] ?? byDefault, allowed);
    return { python, notes: [`Python ${python}: ${first.path} asks for ${first.range}, and this is the nearest available${bounds}.`] };
  }
  const python = allowed.includes(byDefault) ? byDefault : nearest(byDefault, allowed);
  if (/^[\d.]+$/.test(first.range)) return { python, notes: [`Python ${python}, as ${first.path} asks.`] };
  return { python, notes: [`Python ${python}, within what ${met.map(({ range, path }) => `${path} (${range})`).join(' and ')} ${met.length > 1 ? 'ask' : 'asks'} for.`] };
}

const joined = (versions: readonly string[], word = 'and'): string => (versions.length < 2 ? (versions[0] ?? 'none') : `${versions.slice(0, -1).join(', ')} ${word} ${versions.at(-1)}`);

const nearest = (wish: string, versions: readonly string[]): string => nearestPython(wish, versions) ?? wish;

/** What `.python-version` and `runtime.txt` wish for: `3.11`, `3.11.4`, `python-3.11.4` and `cpython-3.11` are all 3.11. */
export function pythonFiles(tree: RepositoryTree, entryDir: string): PythonRange[] {
  return [...new Set([entryDir, ''])].flatMap((dir) => ['.python-version', 'runtime.txt'].map((name) => inDir(dir, name))).flatMap((path) => {
    const range = /^\s*(?:c?python-?)?\s*(\d+\.\d+)/im.exec(tree.files.get(path)?.text?.replace(/^\uFEFF/, '').slice(0, 1000) ?? '')?.[1];
    return range === undefined ? [] : [{ range, path }];
  });
}
