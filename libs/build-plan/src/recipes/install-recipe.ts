import { listEnvironment } from '../dependencies/list-environment.ts';
import { listing } from '../dependencies/listing.ts';
import { listPipfile } from '../dependencies/list-pipfile.ts';
import { type Framework, namedFramework } from '../frameworks.ts';
import type { Dependencies } from '../plan.ts';
import type { RepositoryTree } from '../repository-tree.ts';
import { listingRecipe } from './listing-recipe.ts';
import { pyprojectRecipe } from './pyproject-recipe.ts';
import { asLocked, type InstallRecipe, PIP } from './recipe.ts';
import { uvLockRecipe } from './uv-lock-recipe.ts';

/** @param imported the framework that the entry file imports; where it imports none, the dependencies say which it is */
export function installRecipe(tree: RepositoryTree, dependencies: Dependencies, imported: Framework | undefined): InstallRecipe {
  switch (dependencies.kind) {
    case 'requirements':
      return listingRecipe(tree, dependencies.path, undefined, imported);
    case 'pipfile':
      return listingRecipe(tree, dependencies.path, listPipfile(tree, dependencies.path), imported);
    case 'environment':
      return listingRecipe(tree, dependencies.path, listEnvironment(tree, dependencies.path), imported);
    case 'dockerfile':
      return listingRecipe(tree, dependencies.path, listing({ lines: dependencies.lines, inputs: [[dependencies.path, dependencies.lines.join('\n')]] }), imported);
    case 'pyproject':
      return pyprojectRecipe(tree, dependencies.path, imported);
    case 'uv-lock':
      return uvLockRecipe(tree, dependencies.dir, dependencies.path, imported);
    case 'none':
      return alone(imported ?? namedFramework(new Set()));
  }
}

const alone = (framework: Framework): InstallRecipe => ({ framework, added: framework.requirements, install: [[...PIP, ...framework.requirements]], exact: [asLocked([])], sources: [], files: [], keeps: [], copiesSource: false, packages: [], inputs: [], notes: [], requires: [], wishes: [], isOfItsTime: false });
