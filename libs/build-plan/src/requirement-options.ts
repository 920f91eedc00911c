import { dirOf, resolveIn } from './repository-tree.ts';

interface Treatment {
  /** The installer reads it where it stands. */
  readonly stays: boolean;
  /** What it is on the installer's command line. */
  readonly moved: readonly [option: string, value: string] | null;
  /** For people; nothing where all is as its author meant. */
  readonly note: string | null;
}

const READ_IN_PLACE = new Set(['--no-index', '--only-binary', '--no-binary', '--require-hashes']);
const BEST_OF_ALL = ['--index-strategy', 'unsafe-best-match'] as const;

/** What becomes of an option in a requirements file: pip's options are not all the installer's. */
export function requirementOption({ name, value }: { name: string; value: string }, file: string): Treatment {
  if (READ_IN_PLACE.has(name)) return { stays: true, moved: null, note: null };
  switch (name) {
    case '-i':
    case '--index-url': // in the file, it would stand behind the index that the installation sets
      return isPypi(value) || !/^https?:/i.test(value) ? LEFT_OUT : { stays: false, moved: ['--default-index', value], note: placeNote(value) };
    case '--extra-index-url': // pip takes the newest of all; uv alone would stay with the first index that knows the name
      return isPypi(value) ? LEFT_OUT : { stays: true, moved: BEST_OF_ALL, note: placeNote(value) };
    case '-f':
    case '--find-links':
      return findLinks(value, file);
    case '--pre':
      return { stays: false, moved: ['--prerelease', 'allow'], note: 'pre-releases may be chosen.' };
    default:
      return { ...LEFT_OUT, note: `${name} means nothing to the installer here and is left out.` };
  }
}

const LEFT_OUT: Treatment = { stays: false, moved: null, note: null };

/** PyPI stands for this installation's own index: tools write it into lists by themselves, and it may not be reachable. */
const isPypi = (url: string): boolean => /^https?:\/\/(www\.)?pypi\.(python\.)?org\//i.test(url);

/** An address can hold a password: only its host is shown. */
const placeNote = (url: string): string => `packages may come from ${URL.parse(url)?.host ?? 'another index'}; a build reaches that only where the operator allows it.`;

/** pip takes a folder of wheels from beside the file, else from the root; here it is the one that the author sees from the file. */
function findLinks(value: string, file: string): Treatment {
  if (/^https?:/i.test(value)) return { stays: true, moved: null, note: placeNote(value) };
  const folder = resolveIn(dirOf(file), value);
  if (folder === undefined) return { ...LEFT_OUT, note: `--find-links ${value.slice(0, 200)} is not in the repository and is left out.` };
  return { stays: false, moved: ['--find-links', `./${folder}`], note: null };
}
