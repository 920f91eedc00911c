import { compareVersions } from '@weir/domain';
import type { PythonRange } from '../dependencies/listing.ts';
import type { RepositoryTree } from '../repository-tree.ts';
import { neededPython } from './needed-python.ts';
import { ownScripts } from './own-scripts.ts';

/** The Python that an app's own scripts are written for, where not every Python can read them. */
export function neededByScripts(tree: RepositoryTree, entryFile: string): PythonRange[] {
  const needs = ownScripts(tree, entryFile).flatMap((path) => {
    const need = neededPython(tree.files.get(path)?.text ?? '');
    return need ? [{ ...need, path }] : [];
  });
  const [most] = needs.sort((a, b) => compareVersions(b.python, a.python));
  return most ? [{ range: `>=${most.python}`, path: `${most.path} line ${most.line}` }] : [];
}
