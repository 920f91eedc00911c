import { type Framework, missingRequirements, namedFramework, titleOf } from './frameworks.ts';
import { type BuildPlan, type Dependencies, ENVIRONMENT_PLACEHOLDER, PYTHON_PLACEHOLDER } from './plan.ts';
import { PlanFailure } from './plan-failure.ts';
import { type Pyproject, readPyproject } from './pyproject.ts';
import { readRequirements } from './requirements.ts';
import { inDir, type RepositoryTree } from './repository-tree.ts';

/** How one kind of dependency file is installed. */
export interface InstallRecipe extends Pick<BuildPlan, 'added' | 'install' | 'copiesSource'> {
  readonly framework: Framework;
  readonly inputs: readonly (readonly [name: string, content: string])[];
  readonly notes: readonly string[];
  readonly requires: { readonly range: string; readonly path: string } | null;
}

const PIP = ['uv', 'pip', 'install', '--python', PYTHON_PLACEHOLDER];
const addedNote = (added: readonly string[]): string[] => added.map((requirement) => `${titleOf(requirement)} is not among the direct dependencies, so it is installed with them.`);
/** A path that starts with `-` would be read as an option. */
const asArgument = (path: string): string => `./${path}`;

/** @param imported the framework that the entry file imports; where it imports none, the dependencies say which it is */
export function installRecipe(tree: RepositoryTree, dependencies: Dependencies, imported: Framework | undefined): InstallRecipe {
  switch (dependencies.kind) {
    case 'requirements':
      return fromRequirements(tree, dependencies.path, imported);
    case 'uv-lock':
      return fromLock(tree, dependencies.dir, dependencies.path, imported);
    case 'pyproject':
      return fromPyproject(tree, dependencies.dir, dependencies.path, imported);
    case 'none':
      return alone(imported ?? namedFramework(new Set()));
  }
}

const alone = (framework: Framework): InstallRecipe => ({ framework, added: framework.requirements, install: [[...PIP, ...framework.requirements]], copiesSource: false, inputs: [], notes: [], requires: null });

/** What is added joins the same resolution, so a dependency that brings its own Streamlit decides the version. */
function fromRequirements(tree: RepositoryTree, path: string, imported: Framework | undefined): InstallRecipe {
  const { names, unpinned, inputs, copiesSource } = readRequirements(tree, path);
  const framework = imported ?? namedFramework(names);
  const added = missingRequirements(framework, names);
  const free = unpinned.length === 0 ? [] : [`Without a version, so the newest is taken when the environment is made: ${unpinned.slice(0, 12).join(', ')}${unpinned.length > 12 ? ' …' : ''}.`];
  return {
    framework,
    added,
    install: [[...PIP, '-r', asArgument(path), ...added]],
    copiesSource,
    inputs,
    notes: [...addedNote(added), ...free],
    requires: null,
  };
}

function fromLock(tree: RepositoryTree, dir: string, path: string, imported: Framework | undefined): InstallRecipe {
  const lock = tree.files.get(path)?.text;
  if (lock === undefined) throw new PlanFailure('plan.requirements_unreadable', `${path} is not a text file.`, 'Make it anew with “uv lock”.');
  const projectPath = inDir(dir, 'pyproject.toml');
  const text = tree.files.get(projectPath)?.text;
  const project = readPyproject(projectPath, text);
  const { names, requiresPython } = project;
  const itself = isInstallable(tree, dir, project) ? [] : ['--no-install-project'];
  const framework = imported ?? namedFramework(names);
  const added = missingRequirements(framework, new Set(Array.from(lock.matchAll(/^name = "([^"]+)"$/gm), ([, name]) => name!)));
  // `env` is a program, not a shell: uv takes the environment to sync only from this variable.
  const sync = ['env', `UV_PROJECT_ENVIRONMENT=${ENVIRONMENT_PLACEHOLDER}`, 'uv', 'sync', '--frozen', '--no-dev', '--no-python-downloads', '--python', PYTHON_PLACEHOLDER, '--project', asArgument(dir), ...itself];
  return {
    framework,
    added,
    install: [sync, ...(added.length > 0 ? [[...PIP, ...added]] : [])],
    copiesSource: false,
    inputs: [[path, lock], [projectPath, text ?? '']],
    notes: added.map((requirement) => `${titleOf(requirement)} is not in ${path}, so it is added.`),
    requires: requiresPython === null ? null : { range: requiresPython, path: projectPath },
  };
}

/**
 * Whether the project itself has to be installed: it can be built, and its modules are not simply beside the script.
 * A flat folder of scripts with a `[build-system]` is common, and setuptools refuses to build it.
 */
function isInstallable(tree: RepositoryTree, dir: string, { isPackage, name }: Pyproject): boolean {
  const module = name?.replace(/[-.]+/g, '_').toLowerCase();
  return isPackage && [...tree.files.keys()].some((path) => path.startsWith(inDir(dir, 'src/')) || (module !== undefined && path.toLowerCase() === inDir(dir, `${module}/__init__.py`)));
}

/** The dependencies, then the project itself where it is a package. */
function fromPyproject(tree: RepositoryTree, dir: string, path: string, imported: Framework | undefined): InstallRecipe {
  const text = tree.files.get(path)?.text;
  const project = readPyproject(path, text);
  const { names, requiresPython } = project;
  const isPackage = isInstallable(tree, dir, project);
  const framework = imported ?? namedFramework(names);
  const added = missingRequirements(framework, names);
  const itself = isPackage ? [[...PIP, '--no-deps', '-e', asArgument(dir)]] : [];
  return {
    framework,
    added,
    install: [[...PIP, '-r', asArgument(path), ...added], ...itself],
    copiesSource: false,
    inputs: [[path, text ?? '']],
    notes: [...addedNote(added), ...(isPackage ? ['The project itself is installed too, because it is a package.'] : [])],
    requires: requiresPython === null ? null : { range: requiresPython, path },
  };
}
