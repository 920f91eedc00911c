import { DOCKERFILE, MAX_CHARACTERS } from './dockerfile/read-dockerfile.ts';
import { partsOf } from './requirement-line.ts';
import { requirementLines } from './requirements.ts';
import { baseOf, dirOf, resolveIn, type RepositoryTree } from './repository-tree.ts';

const MOST_OF_ONE_NAME = 50;

/** Files that requirements files include and whose text is not loaded yet: load them and ask again until there are none. */
export function planFilesMissing(tree: RepositoryTree): string[] {
  const missing = new Set<string>();
  for (const [path, { text }] of tree.files) {
    if (text === undefined || /\.(py|lock)$/.test(path)) continue; // an included file may have any other name
    const targets = path === DOCKERFILE ? namedInDockerfile(tree, text) : includesIn(path, text).map((included) => resolveIn(dirOf(path), included));
    for (const target of targets) if (target !== undefined && tree.files.has(target) && tree.files.get(target)?.text === undefined) missing.add(target);
  }
  return [...missing];
}

/** The includes that a file may have: any file may be one that another includes. */
function includesIn(path: string, text: string): string[] {
  if (/\.ya?ml$/.test(path)) return Array.from(text.matchAll(/^[ \t]*-[ \t]*["']?(?:-r|--requirement|-c|--constraint)[ \t=]+([^\s"'#]+)/gm), ([, included = '']) => included);
  if (path.endsWith('.toml')) return [];
  return requirementLines(text).flatMap(({ text: body }) => partsOf(body).parts).flatMap(({ line }) => (line.kind === 'include' || line.kind === 'constraint' ? [line.path] : []));
}

/** A Dockerfile says where it put a file; where that lies in the repository is known by its last name only, before all of it is read. */
function namedInDockerfile(tree: RepositoryTree, text: string): string[] {
  const included = text.slice(0, MAX_CHARACTERS).matchAll(/\s(?:-r|--requirements?|-c|--constraint)[ \t=]+([^\s"'\\;&,\]]+)|"(?:-r|--requirement)",\s*"([^"]+)"/g);
  const names = new Set(Array.from(included, ([, plain, listed]) => baseOf(plain ?? listed ?? '')));
  return names.size === 0 ? [] : [...tree.files.keys()].filter((path) => names.has(baseOf(path))).slice(0, MOST_OF_ONE_NAME);
}
