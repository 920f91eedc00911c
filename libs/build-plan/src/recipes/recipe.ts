import { type Framework, titleOf } from '../frameworks.ts';
import type { PythonRange } from '../dependencies/listing.ts';
import { type BuildPlan, FILES_PLACEHOLDER, LOCK_FILE, PYTHON_PLACEHOLDER } from '../plan.ts';
import type { Pyproject } from '../pyproject.ts';
import { inDir, type RepositoryTree } from '../repository-tree.ts';

/** How the dependencies of an app are installed. */
export interface InstallRecipe extends Pick<BuildPlan, 'added' | 'install' | 'exact' | 'sources' | 'files' | 'keeps' | 'copiesSource'> {
  readonly framework: Framework;
  /** apt packages that the dependency file itself asks for. */
  readonly packages: readonly string[];
  /** What the environment is made from: names and contents. */
  readonly inputs: readonly (readonly [name: string, content: string])[];
  readonly notes: readonly string[];
  readonly requires: readonly PythonRange[];
  readonly wishes: readonly PythonRange[];
  /** Most versions are those of a certain time, so that they need a Python of that time. */
  readonly isOfItsTime: boolean;
}

export const PIP = ['uv', 'pip', 'install', '--python', PYTHON_PLACEHOLDER];

/** Installs what a lock lists: its own and no other version, whatever it depends on. */
export const asLocked = (sources: readonly string[]): string[] => [...PIP, '--no-deps', ...sources, '-r', `${FILES_PLACEHOLDER}/${LOCK_FILE}`];

/** A path that starts with `-` would be read as an option. */
export const asArgument = (path: string): string => `./${path}`;

export const addedNotes = (added: readonly string[]): string[] => added.map((requirement) => `${titleOf(requirement)} is not among the direct dependencies, so it is installed with them.`);

/**
 * Whether the project itself has to be installed: it can be built, and its modules are not simply beside the script.
 * A flat folder of scripts with a `[build-system]` is common, and setuptools refuses to build it.
 */
export function isInstallable(tree: RepositoryTree, dir: string, { isPackage, name }: Pyproject): boolean {
  const module = name?.replace(/[-.]+/g, '_').toLowerCase();
  return isPackage && [...tree.files.keys()].some((path) => path.startsWith(inDir(dir, 'src/')) || (module !== undefined && path.toLowerCase() === inDir(dir, `${module}/__init__.py`)));
}
