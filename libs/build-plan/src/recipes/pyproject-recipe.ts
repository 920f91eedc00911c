import { listPoetry } from '../dependencies/list-poetry.ts';
import { listProject } from '../dependencies/list-project.ts';
import type { Framework } from '../frameworks.ts';
import { type Pyproject, readPyproject } from '../pyproject.ts';
import { dirOf, type RepositoryTree } from '../repository-tree.ts';
import { listingRecipe } from './listing-recipe.ts';
import { asArgument, type InstallRecipe, isInstallable, PIP } from './recipe.ts';

/** The dependencies of a `pyproject.toml`, then the project itself where it is a package. */
export function pyprojectRecipe(tree: RepositoryTree, path: string, imported: Framework | undefined): InstallRecipe {
  const project = readPyproject(path, tree.files.get(path)?.text);
  const recipe = dependenciesRecipe(tree, path, project, imported);
  if (!isInstallable(tree, dirOf(path), project)) return recipe;
  return {
    ...recipe,
    install: [...recipe.install, [...PIP, '--no-deps', '-e', asArgument(dirOf(path))]],
    notes: [...recipe.notes, 'The project itself is installed too, because it is a package.'],
  };
}

function dependenciesRecipe(tree: RepositoryTree, path: string, project: Pyproject, imported: Framework | undefined): InstallRecipe {
  const list = project.isPoetry && project.dependencies === null ? listPoetry(tree, path) : listProject(tree, path, project, imported);
  const requires = project.requiresPython === null ? [] : [{ range: project.requiresPython, path }];
  return listingRecipe(tree, path, { ...list, requires }, imported);
}
