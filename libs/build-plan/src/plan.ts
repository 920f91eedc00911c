import type { FrameworkName } from '@weir/domain';

/** Which file an app's dependencies come from. `dir` is its folder, `''` for the root. */
export type Dependencies =
  | { readonly kind: 'requirements' | 'uv-lock' | 'pyproject' | 'pipfile' | 'environment'; readonly path: string; readonly dir: string }
  /** What a Dockerfile installs, as lines of a requirements file. */
  | { readonly kind: 'dockerfile'; readonly path: string; readonly dir: ''; readonly lines: readonly string[] }
  | { readonly kind: 'none' };

/** One that comes from a file. */
export type DependencyFile = Exclude<Dependencies, { readonly kind: 'none' }>;

/** Stands in `install` for the environment's interpreter, such as `/opt/env/bin/python`. */
export const PYTHON_PLACEHOLDER = '{python}';
/** Stands in `install` for the environment's folder, such as `/opt/env`. */
export const ENVIRONMENT_PLACEHOLDER = '{environment}';
/** Stands in `install` for the folder that holds the plan's `files`. */
export const FILES_PLACEHOLDER = '{files}';

/** Among the plan's files, where an installation finds the lock that it is to follow exactly. */
export const LOCK_FILE = 'lock.txt';

/** What a build will do, decided from the commit alone before anything is installed. */
export interface BuildPlan {
  readonly entryFile: string;
  /** Such as `3.11`, always one of those available. */
  readonly python: string;
  readonly framework: FrameworkName;
  readonly dependencies: Dependencies;
  /** What is installed along with the dependencies, because serving the app needs it and they lack it. */
  readonly added: readonly string[];
  /**
   * Commands, in order, that fill an existing empty environment. Each is an argv (never a shell string) to run
   * with the repository's root as the working directory; the placeholders occur inside arguments.
   * Editable installs remember that directory's path, so mount it where the app will find it when it runs.
   */
  readonly install: readonly (readonly string[])[];
  /** The same for an environment that is made again: commands that install what `LOCK_FILE` lists, and choose nothing. */
  readonly exact: readonly (readonly string[])[];
  /** The installer's arguments that say where packages come from, and in what form. */
  readonly sources: readonly string[];
  /** The repository has settings of uv, which may name an index. */
  readonly configuresUv: boolean;
  /**
   * Requirements and constraints as the installer can read them, each at its own path below one folder outside
   * the repository: what the repository has may be in another form, or have what the installer refuses.
   */
  readonly files: readonly (readonly [path: string, text: string])[];
  /** Packages that are not changed any more once they are installed: those whose versions the repository says. `null`: all. */
  readonly keeps: readonly string[] | null;
  /** The environment gets a copy of the repository's own code, so its cache key needs the commit too. */
  readonly copiesSource: boolean;
  /** apt packages, sorted, each a valid name. */
  readonly packages: readonly string[];
  /** What the app finds in its environment, where nothing else says it: neither the platform nor a secret. */
  readonly variables: readonly (readonly [name: string, value: string])[];
  /** What was chosen, what was ignored, and why: sentences for people. */
  readonly notes: readonly string[];
  /** What the environment is made from, in a stable order: equal inputs (and base image) make an equal environment. */
  readonly environmentInputs: readonly (readonly [name: string, content: string])[];
}

/** The part of a plan that people see. */
export interface PlanView {
  entryFile: string;
  python: string;
  framework: string;
  dependencies: { kind: string; path: string | null };
  packages: string[];
  notes: string[];
}

export function viewOf(plan: BuildPlan): PlanView {
  const { entryFile, python, framework, dependencies } = plan;
  const path = dependencies.kind === 'none' ? null : dependencies.path;
  return { entryFile, python, framework, dependencies: { kind: dependencies.kind, path }, packages: [...plan.packages], notes: [...plan.notes] };
}
