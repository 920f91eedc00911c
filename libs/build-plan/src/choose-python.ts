import { compareVersions } from '@weir/domain';
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
  readonly entryDir: string;
  /** `requires-python` of the dependency file that was chosen. */
  readonly requires: { readonly range: string; readonly path: string } | null;
}

/** Settings first, then `.python-version`, `runtime.txt`, the default; always within `requires-python`. */
export function choosePython(tree: RepositoryTree, { asked, available, byDefault, entryDir, requires }: PythonQuestion): PythonChoice {
  const list = [...available].sort(compareVersions);
  const fitting = requires ? list.filter((version) => pythonSatisfies(version, requires.range)) : list;
  if (asked !== null) return askedFor(asked, list, fitting, requires);
  if (fitting.length === 0) throw new PlanFailure('plan.python_unavailable', `${requires?.path ?? 'The app'} asks for Python ${requires?.range ?? ''}, but there is only ${joined(list)} here.`, `Widen requires-python so that it allows ${joined(list)}, or ask the operator for that Python.`);

  const wish = wishOf(tree, entryDir);
  const within = requires ? ` within ${requires.path}'s “${requires.range}”` : '';
  if (wish) {
    const python = nearest(wish.version, fitting);
    if (python === wish.version) return { python, notes: [`Python ${python}, as ${wish.path} asks.`] };
    return { python, notes: [`Python ${python}: ${wish.path} asks for ${wish.version}, and this is the nearest available${within}.`] };
  }
  if (fitting.includes(byDefault)) return { python: byDefault, notes: [`Python ${byDefault}, the default${within}.`] };
  const python = nearest(byDefault, fitting);
  return { python, notes: [`Python ${python}, the nearest to the default ${byDefault}${within}.`] };
}

function askedFor(asked: string, list: readonly string[], fitting: readonly string[], requires: PythonQuestion['requires']): PythonChoice {
  if (!list.includes(asked)) throw new PlanFailure('plan.python_unavailable', `Python ${asked} is not available; there is ${joined(list)}.`, `Choose ${joined(list, 'or')} in the app's settings.`);
  if (!fitting.includes(asked)) {
    throw new PlanFailure('plan.python_unavailable', `The app is set to Python ${asked}, but ${requires?.path} asks for ${requires?.range}.`, fitting.length > 0 ? `Choose ${joined(fitting, 'or')} in the app's settings.` : 'Widen requires-python, or ask the operator for that Python.');
  }
  return { python: asked, notes: [`Python ${asked}, as the app's settings ask.`] };
}

const joined = (versions: readonly string[], word = 'and'): string => (versions.length < 2 ? (versions[0] ?? 'none') : `${versions.slice(0, -1).join(', ')} ${word} ${versions.at(-1)}`);

/** The closest by minor version; of two equally close the older, because pinned packages are likelier to have wheels for it. */
function nearest(wish: string, versions: readonly string[]): string {
  const minor = (version: string) => Number(version.split('.')[1]);
  const distance = (version: string) => (version.split('.')[0] === wish.split('.')[0] ? Math.abs(minor(version) - minor(wish)) : 1000);
  return [...versions].sort((a, b) => distance(a) - distance(b) || compareVersions(a, b))[0] ?? wish;
}

/** What the repository wishes for: `3.11`, `3.11.4`, `python-3.11.4` and `cpython-3.11` are all 3.11. */
function wishOf(tree: RepositoryTree, entryDir: string): { version: string; path: string } | undefined {
  for (const dir of new Set([entryDir, ''])) {
    for (const name of ['.python-version', 'runtime.txt']) {
      const path = inDir(dir, name);
      const version = /^\s*(?:c?python-?)?\s*(\d+\.\d+)/im.exec(tree.files.get(path)?.text?.replace(/^\uFEFF/, '') ?? '')?.[1];
      if (version !== undefined) return { version, path };
    }
  }
  return undefined;
}
