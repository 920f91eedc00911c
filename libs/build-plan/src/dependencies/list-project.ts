import { type Framework, namedFramework } from '../frameworks.ts';
import { appGroups, type Pyproject, versionsOf } from '../pyproject.ts';
import type { RepositoryTree } from '../repository-tree.ts';
import { type Listing, listing } from './listing.ts';
import { partNaming } from './optional-parts.ts';
import { lockBeside } from './poetry-lock.ts';

/** The dependencies that a `pyproject.toml` names in the form of PEP 621 and PEP 735, and of the tools that read them from files. */
export function listProject(tree: RepositoryTree, path: string, project: Pyproject, imported: Framework | undefined): Listing {
  const { dependencies, dependencyFiles, computesDependencies, isComplete } = project;
  const text = tree.files.get(path)?.text ?? '';
  if (dependencies === null && dependencyFiles.length === 0 && !computesDependencies) return listGroups(path, text, project);

  const direct = versionsOf(dependencies ?? []);
  const part = partNaming(imported ?? namedFramework(new Set(direct.keys())), direct, project);
  const lock = lockBeside(tree, path, [...direct.keys()]);
  const partArgument = { extra: (name: string) => `--extra=${name}`, group: (name: string) => groupArgument(path, name) };
  return listing({
    lines: [...(dependencies ?? []), ...dependencyFiles.map((name) => `-r ${name}`), ...(part?.requirements ?? [])],
    native: isComplete && dependencyFiles.length === 0 ? ['-r', `./${path}`, ...(part ? [partArgument[part.kind](part.name)] : [])] : null,
    locked: lock.locked,
    wheels: lock.wheels,
    copiesSource: project.copiesSource,
    inputs: [[path, text], ...lock.inputs],
    notes: [
      ...lock.notes,
      ...(dependencyFiles.length === 0 ? [] : [`${path} takes the dependencies from ${dependencyFiles.join(' and ')}.`]),
      ...(computesDependencies ? [`${path} says that its dependencies are computed, so they are known only when it is built.`] : []),
      ...(part ? [part.note] : []),
    ],
  });
}

/** A project whose dependencies are all in groups. */
function listGroups(path: string, text: string, { groups, hasTable, isComplete, copiesSource }: Pyproject): Listing {
  const names = appGroups(groups);
  return listing({
    lines: names.flatMap((name) => groups.get(name) ?? []),
    native: hasTable && !isComplete ? null : names.map((name) => groupArgument(path, name)),
    copiesSource,
    inputs: [[path, text]],
    notes: [`${path} has its dependencies in groups; installed are ${names.join(', ')}.`],
  });
}

const groupArgument = (path: string, name: string): string => `--group=./${path}:${name}`;
