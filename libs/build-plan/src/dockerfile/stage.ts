import type { DependencyFile } from '../plan.ts';
import type { PlacedFiles } from './placed-files.ts';
import type { Variables } from './words.ts';

/** A text, and the line that says it. */
export interface Said {
  readonly text: string;
  readonly line: number;
}

/** What starts the app: a list of words, or a line for the shell. */
export interface Start {
  readonly words: readonly string[] | string;
  readonly line: number;
}

/** What has been read of a stage so far; one that begins with another goes on from a copy of it. */
export interface Stage {
  readonly python: Said | null;
  workdir: Said;
  /** Of ENV. */
  readonly variables: Map<string, string>;
  /** Of ARG: known to what is built, and not to the app. */
  readonly args: Map<string, string>;
  readonly files: PlacedFiles;
  /** Lines of a requirements file. */
  readonly requirements: string[];
  /** A project's own file that is installed from, by a tool of its own. */
  project: DependencyFile | null;
  readonly packages: Said[];
  entrypoint: Start | null;
  command: Start | null;
  /** Instructions that mean nothing here. */
  readonly ignored: Set<string>;
}

/** What lines of a stage may refer to. */
export const known = ({ args, variables }: Stage): Variables => new Map([...args, ...variables]);
