import { type Framework, namedFramework } from '../frameworks.ts';
import { appGroups, type Pyproject, versionsOf } from '../pyproject.ts';
import { dirOf, inDir, type RepositoryTree } from '../repository-tree.ts';
import { lockBeside, lockedBy } from './list-poetry.ts';
import { type Listing, listing } from './listing.ts';
import { partNaming } from './optional-parts.ts';

/** The dependencies that a `pyproject.toml` names in the form of PEP 621 and PEP 735, and of the tools that read them from files. */
export function listProject(tree: RepositoryTree, path: string, project: Pyproject, imported: Framework | undefined): Listing {
  const { dependencies, dependencyFiles, computesDependencies, groups, isComplete } = project;
  const direct = versionsOf(dependencies ?? []);
  const onlyGroups = dependencies === null && dependencyFiles.length === 0 && !computesDependencies ? appGroups(groups) : [];
  const part = onlyGroups.length > 0 ? undefined : partNaming(imported ?? namedFramework(new Set(direct.keys())), direct, project);
  const lock = lockBeside(tree, path);
  const held = lockedBy(lock, [...direct.keys()]);

  const file = `./${path}`;
  const isNative = onlyGroups.length > 0 ? !project.hasTable : isComplete && dependencyFiles.length === 0;
  const native = [...(onlyGroups.length > 0 ? [] : ['-r', file]), ...onlyGroups.flatMap((name) => [`--group=${file}:${name}`]), ...(part === undefined ? [] : part.kind === 'extra' ? [`--extra=${part.name}`] : [`--group=${file}:${part.name}`])];
  return listing({
    lines: [...(dependencies ?? []), ...dependencyFiles.map((name) => `-r ${name}`), ...onlyGroups.flatMap((name) => groups.get(name) ?? []), ...(part?.requirements ?? [])],
    native: isNative ? native : null,
    locked: held.locked ?? [],
    inputs: [[path, tree.files.get(path)?.text ?? ''], ...(lock ? [[inDir(dirOf(path), 'poetry.lock'), lock.text] as const] : [])],
    notes: [
      ...(held.notes ?? []),
      ...(dependencyFiles.length === 0 ? [] : [`${path} takes the dependencies from ${dependencyFiles.join(' and ')}.`]),
      ...(computesDependencies ? [`${path} says that its dependencies are computed, so they are known only when it is built.`] : []),
      ...(onlyGroups.length === 0 ? [] : [`${path} has its dependencies in groups; installed are ${onlyGroups.join(', ')}.`]),
      ...(part ? [part.note] : []),
    ],
  });
}
