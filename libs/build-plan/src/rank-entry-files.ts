import { importedFramework } from './frameworks.ts';
import { baseOf, depthOf, dirOf, isForeign, type RepositoryTree } from './repository-tree.ts';

/** A script that may be the app, and why. */
export interface EntryFileCandidate {
  readonly path: string;
  readonly why: string;
}

/** In the order in which people expect them. The first is what `streamlit run` takes without being told. */
const KNOWN = ['streamlit_app.py', 'app.py', 'main.py', 'Home.py', 'home.py', 'Hello.py', 'hello.py', 'index.py'];

const NOT_ENTRIES = /(^|\/)(pages|tests?|docs|examples|scripts|migrations|build|dist)\/|(^|\/)(setup|conftest|manage|noxfile|tasks|fabfile|wsgi|__init__|__main__)\.py$|(^|\/)test_[^/]*\.py$|_test\.py$/;
const IS_PAGE_OWNER = /\bst\.(navigation|set_page_config)\s*\(/;

/** Scripts a person might name as the entry file, whatever they import. */
export function scriptsOf(tree: RepositoryTree): string[] {
  return [...tree.files.keys()].filter((path) => path.endsWith('.py') && !isForeign(path) && !NOT_ENTRIES.test(path) && !path.split('/').some((part) => part.startsWith('.')));
}

/** The scripts that may be the app, best first: of one framework, for a second one in a repository serves or tests the first. */
export function rankEntryFiles(tree: RepositoryTree): EntryFileCandidate[] {
  const ownsPages = (path: string) => [...tree.files.keys()].some((other) => other.startsWith(dirOf(path) === '' ? 'pages/' : `${dirOf(path)}/pages/`) && other.endsWith('.py'));
  const scripts = scriptsOf(tree);
  const framework = importedFramework(...scripts.map((path) => tree.files.get(path)?.text));
  if (!framework) return [];
  return scripts
    .filter((path) => importedFramework(tree.files.get(path)?.text) === framework)
    .map((path) => {
      const text = tree.files.get(path)?.text ?? '';
      const known = KNOWN.indexOf(baseOf(path));
      const pages = ownsPages(path);
      const page = IS_PAGE_OWNER.test(text);
      const score = depthOf(path) * 100 + (known < 0 ? 50 : known) - (pages ? 20 : 0) - (page ? 10 : 0);
      return { path, why: why(path, framework.name, known >= 0, pages, page), score };
    })
    .sort((a, b) => a.score - b.score || (a.path < b.path ? -1 : 1))
    .map(({ path, why: reason }) => ({ path, why: reason }));
}

function why(path: string, framework: string, known: boolean, pages: boolean, page: boolean): string {
  const where = depthOf(path) === 0 ? 'in the root' : `in ${dirOf(path)}/`;
  const reasons = [known ? 'has a usual name' : '', `imports ${framework}`, pages ? 'has a pages folder' : '', page ? 'configures the page' : ''].filter(Boolean);
  return `${where}; ${reasons.join(', ')}`;
}
