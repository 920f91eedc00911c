import { listEnvironment } from './dependencies/list-environment.ts';
import type { Listing } from './dependencies/listing.ts';
import { listPipfile } from './dependencies/list-pipfile.ts';
import { listPoetry } from './dependencies/list-poetry.ts';
import { listProject } from './dependencies/list-project.ts';
import type { Dependencies } from './plan.ts';
import { readPyproject } from './pyproject.ts';
import type { RepositoryTree } from './repository-tree.ts';
import { lineIn } from './where-is.ts';
import { readRequirement } from './requirement-line.ts';

interface AskedDependency {
  readonly name: string;
  /** Such as `>=2,<3`; empty for any. */
  readonly versions: string;
  readonly line: number;
}

interface AskedDependencies {
  readonly asked: readonly AskedDependency[];
  /** A lock beside the file says the versions. */
  readonly locked: boolean;
  /** Whether these are all: of an address only the name may be known, or not even that. */
  readonly complete: boolean;
}

/** What a project file asks for by name, with its lines; `null` of any other kind of file. */
export function askedDependencies(tree: RepositoryTree, dependencies: Dependencies): AskedDependencies | null {
  const list = listingOf(tree, dependencies);
  if (list === null || dependencies.kind === 'none') return null;
  const text = tree.files.get(dependencies.path)?.text ?? '';
  const read = list.lines.map(readRequirement);
  const asked = read.flatMap((line) => (line.kind === 'package' ? [{ name: line.name, versions: line.versions, line: lineIn(text, line.name) ?? 1 }] : []));
  return { asked, locked: list.complete || list.locked.length > 0, complete: read.every(({ kind }) => kind === 'package' || kind === 'blank' || kind === 'option') };
}

function listingOf(tree: RepositoryTree, dependencies: Dependencies): Listing | null {
  switch (dependencies.kind) {
    case 'pipfile':
      return listPipfile(tree, dependencies.path);
    case 'environment':
      return listEnvironment(tree, dependencies.path);
    case 'pyproject': {
      const project = readPyproject(dependencies.path, tree.files.get(dependencies.path)?.text);
      return project.isPoetry && project.dependencies === null ? listPoetry(tree, dependencies.path) : listProject(tree, dependencies.path, project, undefined);
    }
    default:
      return null;
  }
}
