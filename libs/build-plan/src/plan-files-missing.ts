import { DOCKERFILE } from './dockerfile/read-dockerfile.ts';
import { readRequirement } from './requirement-line.ts';
import { requirementLines } from './requirements.ts';
import { dirOf, resolveIn, type RepositoryTree } from './repository-tree.ts';

/** Files that requirements files include and whose text is not loaded yet: load them and ask again until there are none. */
export function planFilesMissing(tree: RepositoryTree): string[] {
  const missing = new Set<string>();
  for (const [path, { text }] of tree.files) {
    if (text === undefined || /\.(py|lock)$/.test(path)) continue; // an included file may have any other name
    for (const included of includesIn(path, text)) {
      const target = resolveIn(dirOf(path), included);
      const file = target === undefined ? undefined : tree.files.get(target);
      if (target !== undefined && file && file.text === undefined) missing.add(target);
    }
  }
  return [...missing];
}

/** The includes that a file may have: any file may be one that another includes. */
function includesIn(path: string, text: string): string[] {
  if (/\.ya?ml$/.test(path)) return Array.from(text.matchAll(/^[ \t]*-[ \t]*["']?(?:-r|--requirement|-c|--constraint)[ \t=]+([^\s"'#]+)/gm), ([, included = '']) => included);
  if (path.endsWith('.toml')) return [];
  if (path === DOCKERFILE) return Array.from(text.matchAll(/\s(?:-r|--requirements?|-c|--constraint)[ \t=]+([^\s"'\\;&]+)/g), ([, included = '']) => included);
  return requirementLines(text).map(({ text: body }) => readRequirement(body)).flatMap((line) => (line.kind === 'include' || line.kind === 'constraint' ? [line.path] : []));
}
