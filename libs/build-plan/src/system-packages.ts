import { PlanFailure } from './plan-failure.ts';
import { inDir, type RepositoryTree } from './repository-tree.ts';

const NAME = /^[a-z0-9][a-z0-9+.-]{1,63}$/;
const MAX_PACKAGES = 200;

/**
 * The apt packages that `packages.txt` asks for, of the root and of the entry file's folder.
 * Several may stand on one line; `#` starts a comment.
 */
export function readSystemPackages(tree: RepositoryTree, entryDir: string): { packages: string[]; notes: string[] } {
  const paths = [...new Set(['packages.txt', inDir(entryDir, 'packages.txt')])].filter((path) => tree.files.has(path));
  const packages = paths.flatMap((path) => namesIn(path, tree.files.get(path)?.text));
  const unique = [...new Set(packages)].sort();
  if (unique.length > MAX_PACKAGES) throw new PlanFailure('plan.package_name_invalid', `packages.txt asks for ${unique.length} packages; the limit is ${MAX_PACKAGES}.`, 'Keep only the packages the app needs.');
  const where = paths.join(' and ');
  const notes = paths.length === 0 ? [] : [unique.length === 0 ? `${where} names no packages.` : `apt packages from ${where}: ${unique.join(', ')}.`];
  return { packages: unique, notes };
}

function namesIn(path: string, text: string | undefined): string[] {
  if (text === undefined || text.includes('\0')) throw new PlanFailure('plan.package_name_invalid', `${path} is not a text file.`, 'Save it as plain UTF-8 text with one apt package a line.');
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).flatMap((line, index) => {
    const names = line.replace(/#.*$/, '').split(/\s+/).filter(Boolean);
    for (const name of names) if (!NAME.test(name)) throw invalidName(path, index + 1, name, line);
    return names;
  });
}

const invalidName = (path: string, number: number, name: string, line: string): PlanFailure =>
  new PlanFailure(
    'plan.package_name_invalid',
    `Line ${number} of ${path}: “${name.slice(0, 80)}” is not the name of an apt package.`,
    'packages.txt takes Debian package names, one a line, such as “libgl1”. Versions, URLs and options are not possible; Python packages belong in requirements.txt.',
    `${path}:${number}: ${line.trim()}`,
  );
