import { dirOf, inDir, type RepositoryTree } from '../repository-tree.ts';

/** A repository may import in circles and has no end that we know. */
const MOST_SCRIPTS = 200;
const IMPORT = /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+([^\n#]+)|import[ \t]+([^\n#]+))/gm;

/** The scripts that run when the entry file does: itself, its pages, and what they import of the repository. */
export function ownScripts(tree: RepositoryTree, entryFile: string): string[] {
  const entryDir = dirOf(entryFile);
  const seen = new Set([entryFile, ...[...tree.files.keys()].filter((path) => path.endsWith('.py') && dirOf(path) === inDir(entryDir, 'pages'))]);
  for (const path of seen) {
    if (seen.size > MOST_SCRIPTS) break;
    for (const module of importedBy(tree.files.get(path)?.text ?? '', dirOf(path), entryDir)) {
      for (const file of [`${module}.py`, `${module}/__init__.py`]) if (tree.files.has(file)) seen.add(file);
    }
  }
  return [...seen];
}

/** Where the modules that a script names would lie, without `.py`. */
function importedBy(text: string, ownDir: string, entryDir: string): string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, from, names, modules]) => {
    if (from === undefined) return namesIn(modules ?? '').flatMap((name) => inRoots(name, entryDir));
    const dots = /^\.*/.exec(from)?.[0].length ?? 0;
    const bases = dots === 0 ? inRoots(from, entryDir) : [[ancestor(ownDir, dots - 1), from.slice(dots).replaceAll('.', '/')].filter(Boolean).join('/')];
    return bases.flatMap((base) => ['', ...namesIn(names ?? '')].map((name) => (name === '' ? base : `${base}/${name}`)));
  });
}

const namesIn = (list: string): string[] => list.replace(/[()\\]/g, '').split(',').map((name) => /^[\w.]+/.exec(name.trim())?.[0] ?? '').filter(Boolean);
const inRoots = (module: string, entryDir: string): string[] => [...new Set([entryDir, ''])].map((root) => inDir(root, module.replaceAll('.', '/')));
const ancestor = (dir: string, levels: number): string => (levels <= 0 ? dir : ancestor(dirOf(dir), levels - 1));
