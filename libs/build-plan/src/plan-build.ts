import type { Failure } from '@weir/domain';
import { chooseDependencies } from './choose-dependencies.ts';
import { chooseEntryFile } from './choose-entry-file.ts';
import { choosePython, pythonFiles } from './choose-python.ts';
import { forcedNotes } from './forced-options.ts';
import { importedFramework } from './frameworks.ts';
import { installRecipe } from './recipes/install-recipe.ts';
import { PlanFailure } from './plan-failure.ts';
import type { BuildPlan } from './plan.ts';
import { dirOf, type RepositoryTree } from './repository-tree.ts';
import { readSystemPackages } from './system-packages.ts';

export interface PlanQuestion {
  /** What the app's settings say, or `null` to choose from what the repository has. */
  readonly entryFile: string | null;
  /** Such as `3.11`; refused if it is not available. */
  readonly python: string | null;
  /** The Python versions that can be had. */
  readonly pythons: readonly string[];
  readonly defaultPython: string;
}

export type PlanAnswer = { readonly ok: true; readonly plan: BuildPlan } | { readonly ok: false; readonly failure: Failure };

/** Decides how to build a commit, from its files alone. Nothing is installed, read or run. */
export function planBuild(tree: RepositoryTree, question: PlanQuestion): PlanAnswer {
  try {
    return { ok: true, plan: decide(tree, question) };
  } catch (error) {
    if (error instanceof PlanFailure) return { ok: false, failure: error.failure };
    throw error;
  }
}

function decide(tree: RepositoryTree, { entryFile: asked, python, pythons, defaultPython }: PlanQuestion): BuildPlan {
  const entry = chooseEntryFile(tree, asked);
  const entryDir = dirOf(entry.entryFile);
  const choice = chooseDependencies(tree, entryDir);
  const recipe = installRecipe(tree, choice.dependencies, importedFramework(tree.files.get(entry.entryFile)?.text));
  const chosen = choosePython({ asked: python, available: pythons, byDefault: defaultPython, requires: recipe.requires, wishes: [...pythonFiles(tree, entryDir), ...recipe.wishes] });
  const system = readSystemPackages(tree, entryDir);
  const packages = [...new Set([...system.packages, ...recipe.packages])].sort();

  const takesPart = new Set(recipe.inputs.map(([path]) => path)); // a file may include another that it comes before
  const ignored = choice.ignored.filter(({ path }) => !takesPart.has(path)).map(({ path, why }) => `${path} is ignored: ${why}.`);
  const forced = recipe.framework.name === 'streamlit' ? forcedNotes(tree, entryDir) : [];
  return {
    entryFile: entry.entryFile,
    python: chosen.python,
    framework: recipe.framework.name,
    dependencies: choice.dependencies,
    added: recipe.added,
    install: recipe.install,
    exact: recipe.exact,
    sources: recipe.sources,
    files: recipe.files,
    keeps: recipe.keeps,
    copiesSource: recipe.copiesSource,
    packages,
    notes: [...entry.notes, choice.note, ...ignored, `Served as an app of ${recipe.framework.title}.`, ...recipe.notes, ...chosen.notes, ...system.notes, ...forced],
    environmentInputs: [['python', chosen.python], ['packages', packages.join('\n')], ['install', JSON.stringify(recipe.install)], ...recipe.inputs],
  };
}
