import type { Failure } from '@weir/domain';
import { type DependencyChoice, chooseDependencies } from './choose-dependencies.ts';
import { chooseDockerfile } from './choose-dockerfile.ts';
import { chooseEntryFile } from './choose-entry-file.ts';
import { choosePython, pythonFiles } from './choose-python.ts';
import { configuresUv } from './configures-uv.ts';
import type { PythonRange } from './dependencies/listing.ts';
import { forcedNotes } from './forced-options.ts';
import { importedFramework } from './frameworks.ts';
import { installRecipe } from './recipes/install-recipe.ts';
import type { ReadDockerfile } from './dockerfile/read-dockerfile.ts';
import { PlanFailure } from './plan-failure.ts';
import type { BuildPlan } from './plan.ts';
import { dirOf, type RepositoryTree } from './repository-tree.ts';
import { neededByScripts } from './syntax/needed-by-scripts.ts';
import { readSystemPackages } from './system-packages.ts';

export interface PlanQuestion {
  /** What the app's settings say, or `null` to choose from what the repository has. */
  readonly entryFile: string | null;
  /** Such as `3.11`; refused if it is not available. */
  readonly python: string | null;
  /** The Python versions that can be had. */
  readonly pythons: readonly string[];
  readonly defaultPython: string;
  readonly allows?: BuildRules;
  /** Pythons that turned out to be needed: count before every wish. */
  readonly needs?: readonly PythonRange[];
}

/** What an operator may decide about all builds. */
export interface BuildRules {
  /** Apps may be built as a Dockerfile says. */
  readonly dockerfiles: boolean;
  /** apt packages that may be asked for; `null`: all. */
  readonly packages: readonly string[] | null;
}

/** What holds where an operator decided nothing. */
const USUAL_RULES: BuildRules = { dockerfiles: false, packages: null };

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

function decide(tree: RepositoryTree, { entryFile: asked, python, pythons, defaultPython, allows = USUAL_RULES, needs = [] }: PlanQuestion): BuildPlan {
  const { dockerfile, notes } = chooseDockerfile(tree, asked, allows.dockerfiles);
  const entry = dockerfile ? { entryFile: dockerfile.entryFile, notes: [`Runs ${dockerfile.entryFile}, which Dockerfile starts.`] } : chooseEntryFile(tree, asked);
  const entryDir = dirOf(entry.entryFile);
  const choice = (dockerfile && installedBy(dockerfile)) ?? chooseDependencies(tree, entryDir);
  const recipe = installRecipe(tree, choice.dependencies, importedFramework(tree.files.get(entry.entryFile)?.text));
  const chosen = choosePython({ asked: python, available: pythons, byDefault: defaultPython, requires: recipe.requires, isOfItsTime: recipe.isOfItsTime, needs: [...needs, ...neededByScripts(tree, entry.entryFile)], wishes: [...(dockerfile?.python ? [dockerfile.python] : []), ...pythonFiles(tree, entryDir), ...recipe.wishes] });
  const dependencyFile = choice.dependencies.kind === 'none' ? null : choice.dependencies.path;
  const { packages, ...system } = readSystemPackages(tree, { entryDir, dockerfile: dockerfile?.packages ?? [], dependencies: recipe.packages, dependencyFile, allowed: allows.packages });

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
    configuresUv: configuresUv(tree),
    files: recipe.files,
    keeps: recipe.keeps,
    copiesSource: recipe.copiesSource,
    packages,
    variables: dockerfile?.variables ?? [],
    notes: [...notes, ...entry.notes, choice.note, ...ignored, `Served as an app of ${recipe.framework.title}.`, ...recipe.notes, ...chosen.notes, ...system.notes, ...forced],
    environmentInputs: [['python', chosen.python], ['packages', packages.join('\n')], ['install', JSON.stringify(recipe.install)], ...recipe.inputs],
  };
}

/** `null` where a Dockerfile installs nothing. */
function installedBy({ dependencies }: ReadDockerfile): DependencyChoice | null {
  return dependencies && { dependencies, note: dependencies.kind === 'dockerfile' ? 'Dependencies are those that Dockerfile installs.' : `Dependencies come from ${dependencies.path}, as Dockerfile says.`, ignored: [] };
}
