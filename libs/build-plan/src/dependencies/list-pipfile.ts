import { dirOf, type RepositoryTree } from '../repository-tree.ts';
import { isTable, malformed, readToml, type Table, tableIn, textIn } from '../toml.ts';
import { type Listing, listing } from './listing.ts';
import { lineOf, type TableFile } from './table-dependency.ts';

const versions = (written: string): string => (written === '*' ? '' : written);

/** A `Pipfile`; where its lock lies beside it, exactly what that says. Development packages are left out. */
export function listPipfile(tree: RepositoryTree, path: string): Listing {
  const text = tree.files.get(path)?.text;
  const pipfile = readToml(path, text);
  const lockPath = `${path}.lock`;
  const lockText = tree.files.get(lockPath)?.text;
  const lock = lockText === undefined ? undefined : readJson(lockPath, lockText);
  const file: TableFile = { path: lock ? lockPath : path, dir: dirOf(path), versions };
  const entries = Object.entries((lock ? tableIn(lock, 'default') : tableIn(pipfile, 'packages')) ?? {});

  const requires = tableIn(pipfile, 'requires') ?? tableIn(lock, '_meta', 'requires');
  const python = textIn(requires, 'python_full_version') ?? textIn(requires, 'python_version');
  return listing({
    lines: entries.map(([name, value]) => lineOf(name, value, file)),
    complete: lock !== undefined,
    wish: python === null || python === '*' ? null : { range: python, path },
    inputs: [[path, text ?? ''], ...(lockText === undefined ? [] : [[lockPath, lockText] as const])],
    notes: [
      lock ? `The exact versions come from ${lockPath}, and what is downloaded must have its hashes.` : `There is no ${lockPath}, so versions are chosen when the environment is made.`,
      ...foreignSources(pipfile).map((url) => `${path} names the package index ${url}; packages are taken from this installation’s index instead.`),
    ],
  });
}

/** Without what may stand before the host: a name and password. */
const foreignSources = (pipfile: Table): string[] => {
  const sources = pipfile['source'];
  const urls = (Array.isArray(sources) ? sources : []).filter(isTable).map((source) => textIn(source, 'url') ?? '');
  return urls.map((url) => url.replace(/\/\/[^/@]*@/, '//')).filter((url) => url !== '' && !/^https?:\/\/(www\.)?pypi\.(python\.)?org\//.test(url));
};

function readJson(path: string, text: string): Table {
  try {
    const value: unknown = JSON.parse(text);
    if (isTable(value)) return value;
    throw new Error('it is not an object');
  } catch (error) {
    throw malformed(path, 'JSON', error);
  }
}
