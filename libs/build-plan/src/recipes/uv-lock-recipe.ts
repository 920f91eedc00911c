import { type Framework, missingRequirements, namedFramework, titleOf } from '../frameworks.ts';
import { ENVIRONMENT_PLACEHOLDER, PYTHON_PLACEHOLDER } from '../plan.ts';
import { PlanFailure } from '../plan-failure.ts';
import { readPyproject, versionsOf } from '../pyproject.ts';
import { inDir, type RepositoryTree } from '../repository-tree.ts';
import { asArgument, asLocked, type InstallRecipe, isInstallable, PIP } from './recipe.ts';
import { type LockedFiles, lockedWheelWishes } from '../dependencies/locked-wheels.ts';
import { partNaming } from '../dependencies/optional-parts.ts';

/** Exactly what a `uv.lock` says, by uv itself. */
export function uvLockRecipe(tree: RepositoryTree, dir: string, path: string, imported: Framework | undefined): InstallRecipe {
  const lock = tree.files.get(path)?.text;
  if (lock === undefined) throw new PlanFailure('plan.requirements_unreadable', `${path} is not a text file.`, 'Make it anew with “uv lock”.');
  const projectPath = inDir(dir, 'pyproject.toml');
  const text = tree.files.get(projectPath)?.text;
  const project = readPyproject(projectPath, text);
  const direct = versionsOf(project.dependencies ?? []);
  const framework = imported ?? namedFramework(new Set(direct.keys()));
  const part = partNaming(framework, direct, project);
  const added = missingRequirements(framework, new Set(Array.from(lock.matchAll(/^name = "([^"]+)"$/gm), ([, name]) => name!)));
  const itself = isInstallable(tree, dir, project) ? [] : ['--no-install-project'];
  // `env` is a program, not a shell: uv takes the environment to sync only from this variable.
  const sync = ['env', `UV_PROJECT_ENVIRONMENT=${ENVIRONMENT_PLACEHOLDER}`, 'uv', 'sync', '--frozen', '--no-dev', '--no-python-downloads', '--python', PYTHON_PLACEHOLDER, '--project', asArgument(dir), ...itself, ...(part ? [`--${part.kind}=${part.name}`] : [])];
  const locked = /^requires-python = "([^"]+)"$/m.exec(lock)?.[1];
  return {
    framework,
    added,
    install: [sync, ...(added.length > 0 ? [[...PIP, ...added]] : [])],
    exact: [sync, asLocked([])], // uv itself knows the indexes; what it has installed is there already
    sources: [],
    files: [],
    keeps: null,
    copiesSource: /^source = \{ (?:directory|path) = /m.test(lock),
    packages: [],
    inputs: [[path, lock], [projectPath, text ?? '']],
    notes: [...(part ? [part.note] : []), ...added.map((requirement) => `${titleOf(requirement)} is not in ${path}, so it is added.`)],
    requires: [...(project.requiresPython === null ? [] : [{ range: project.requiresPython, path: projectPath }]), ...(locked === undefined ? [] : [{ range: locked, path }])],
    wishes: lockedWheelWishes(lockedFiles(lock)),
    isOfItsTime: true,
  };
}

/** What the lock has of each package that it has once: where there are several, each is for other Pythons. */
function lockedFiles(lock: string): LockedFiles[] {
  const packages = lock.split(/^\[\[package\]\]$/m).slice(1).map((text) => ({
    name: /^name = "([^"]+)"$/m.exec(text)?.[1] ?? '',
    version: /^version = "([^"]+)"$/m.exec(text)?.[1] ?? '',
    files: Array.from(text.matchAll(/\burl = "[^"]*\/([^"/]+\.whl)"/g), ([, file]) => file!),
  }));
  const counts = Map.groupBy(packages, ({ name }) => name);
  return packages.filter(({ name }) => counts.get(name)?.length === 1);
}
