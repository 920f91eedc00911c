import { STREAMLIT_OPTIONS } from '@weir/domain';
import { PlanFailure } from './plan-failure.ts';
import { inDir, type RepositoryTree } from './repository-tree.ts';
import { isTable, readToml } from './toml.ts';

/**
 * What a repository's configuration of Streamlit says in vain, because the platform decides it.
 *
 * Streamlit reads the file in the root, and from 1.46 on the one beside the entry file before it; for older
 * releases the platform puts the latter in the root's place where that has none.
 */
export function forcedNotes(tree: RepositoryTree, entryDir: string): string[] {
  const paths = [...new Set([entryDir, ''])].map((dir) => inDir(dir, '.streamlit/config.toml')).filter((path) => tree.files.has(path));
  const shadowed = paths.length > 1 ? [`Of ${paths.join(' and ')}, the first counts where both say something; Streamlit before 1.46 reads only the second.`] : [];
  return [...paths.flatMap((path) => noteOn(path, tree.files.get(path)?.text)), ...shadowed];
}

function noteOn(path: string, text: string | undefined): string[] {
  const options = optionsIn(path, text);
  if (options === undefined) return [`${path} is not valid TOML; Streamlit may refuse to start with it.`];
  const forced = options.filter((option) => Object.hasOwn(STREAMLIT_OPTIONS, option));
  return forced.length === 0 ? [] : [`The platform sets ${forced.join(', ')}, whatever ${path} says.`];
}

/** Such as `server.port`; `undefined` where the file cannot be read, which is Streamlit's to judge. */
function optionsIn(path: string, text: string | undefined): string[] | undefined {
  try {
    return Object.entries(readToml(path, text)).flatMap(([section, values]) => (isTable(values) ? Object.keys(values).map((key) => `${section}.${key}`) : []));
  } catch (error) {
    if (error instanceof PlanFailure) return undefined;
    throw error;
  }
}
