import { dirOf, resolveIn } from './repository-tree.ts';

interface Treatment {
  /** The installer reads it where it stands. */
  readonly stays: boolean;
  /** What it is on the installer's command line. */
  readonly moved: readonly string[];
  /** For people; nothing where all is as its author meant. */
  readonly note: string | null;
}

const INDEXES = new Set(['-i', '--index-url', '--extra-index-url']);
const READ_IN_PLACE = new Set([...INDEXES, '--no-index', '--only-binary', '--no-binary', '--require-hashes']);

/** What becomes of an option in a requirements file: pip's options are not all the installer's. */
export function requirementOption({ name, value }: { name: string; value: string }, file: string): Treatment {
  if (INDEXES.has(name)) return { stays: true, moved: [], note: `packages may come from ${hostOf(value)}; a build reaches that only where the operator allows it.` };
  if (READ_IN_PLACE.has(name)) return { stays: true, moved: [], note: null };
  if (name === '--pre') return { stays: false, moved: ['--prerelease', 'allow'], note: 'pre-releases may be chosen.' };
  if (name === '-f' || name === '--find-links') return findLinks(value, file);
  return { stays: false, moved: [], note: `${name} means nothing to the installer here and is left out.` };
}

/** pip takes a folder of wheels from beside the file, else from the root; here it is the one that the author sees from the file. */
function findLinks(value: string, file: string): Treatment {
  if (/^https?:/i.test(value)) return { stays: true, moved: [], note: `packages may come from ${hostOf(value)}; a build reaches that only where the operator allows it.` };
  const folder = resolveIn(dirOf(file), value);
  if (folder === undefined) return { stays: false, moved: [], note: `--find-links ${value} is not in the repository and is left out.` };
  return { stays: false, moved: ['--find-links', `./${folder}`], note: null };
}

/** Of an address, what may be shown: it can hold a password. */
const hostOf = (url: string): string => URL.parse(url)?.host ?? 'another index';
