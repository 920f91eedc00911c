import { dirOf, inDir } from '../repository-tree.ts';
import { imagePath } from './placed-files.ts';
import type { Stage } from './stage.ts';
import { Unmapped } from './unmapped.ts';

/** What builds have anyway, or need not have. */
const TOOLS = /^(pip|setuptools|wheel|uv|poetry|pipenv|virtualenv|build|poetry-core|pip-tools)([[<>=!~].*)?$/i;
/** Options of pip and uv that take a value. */
const VALUED = new Set(['-r', '--requirement', '--requirements', '-c', '--constraint', '-e', '--editable', '-i', '--index-url', '--extra-index-url', '-f', '--find-links', '--trusted-host', '--timeout', '--retries', '--target', '-t', '--prefix', '--root', '--cache-dir', '--python', '-p', '--group', '--extra', '--only-binary', '--no-binary', '--progress-bar', '--upgrade-strategy', '--index-strategy', '--root-user-action', '--default-timeout', '--link-mode', '--index', '--default-index']);
/** What is said to pip that a requirements file says as well. */
const KEPT = new Set(['-i', '--index-url', '--extra-index-url', '-f', '--find-links', '--only-binary', '--no-binary', '--trusted-host', '--pre', '--no-index', '--require-hashes']);
/** uv's own names of the same. */
const SAME = new Map(Object.entries({ '--index': '--extra-index-url', '--default-index': '--index-url', '--requirements': '-r', '--requirement': '-r', '--constraint': '-c', '--editable': '-e' }));
const REFUSED = new Map(Object.entries({
  '--target': 'it installs into a folder of its own', '-t': 'it installs into a folder of its own', '--no-deps': 'it leaves out what packages depend on', '--group': 'it names a group of a pyproject.toml', '--extra': 'it names an extra of a pyproject.toml', '--all-extras': 'it names extras of a pyproject.toml',
}));

const MOST_REQUIREMENTS = 2000;

/** `pip install …`, as lines of a requirements file. @param args what follows `install` */
export function pipInstall(stage: Stage, args: readonly string[]): void {
  const lines: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const { name, value, next } = optionAt(args, index);
    index = next;
    const why = REFUSED.get(name);
    if (/[\0\r\n]/.test(name + value)) throw new Unmapped('what it installs has a line break in it');
    if (why !== undefined) throw new Unmapped(`${why} (${name})`);
    if (name === '-r' || name === '-c') lines.push(`${name} ${fileOf(stage, value)}`);
    else if (name === '-e') lines.push(`-e ${local(stage, value)}`);
    else if (KEPT.has(name)) lines.push(value === '' ? name : `${name} ${value}`);
    else if (!name.startsWith('-') && !TOOLS.test(name)) lines.push(/^\.{0,2}\/|^\.($|\[)|\.(whl|tar\.gz|zip)$/.test(name) && !/^[a-z+]+:/i.test(name) ? local(stage, name) : name);
  }
  if (lines.length === 0) return;
  if (stage.project) throw new Unmapped('it installs beside what the project’s own file names, and one of the two can be done');
  if (stage.requirements.length + lines.length > MOST_REQUIREMENTS) throw new Unmapped(`more than ${MOST_REQUIREMENTS} packages are named one by one`);
  stage.requirements.push(...lines);
}

function optionAt(args: readonly string[], index: number): { name: string; value: string; next: number } {
  const arg = args[index] ?? '';
  const joined = /^(--[\w-]+)=(.*)$/s.exec(arg) ?? /^(-[rcei])(?=[^-])(.+)$/s.exec(arg);
  const own = joined?.[1] ?? arg;
  const name = SAME.get(own) ?? own;
  if (joined) return { name, value: joined[2] ?? '', next: index };
  return VALUED.has(own) ? { name, value: args[index + 1] ?? '', next: index + 1 } : { name, value: '', next: index };
}

/** A requirements file, from the repository's root. */
function fileOf(stage: Stage, path: string): string {
  if (/^https?:\/\//i.test(path)) return path;
  const file = stage.files.at(imagePath(stage.workdir.text, path));
  if (file === undefined || file === '') throw new Unmapped(`no file of the repository was copied to ${imagePath(stage.workdir.text, path).slice(0, 200)}`);
  return file;
}

/** A folder or file of the repository that is a package, with its extras. */
function local(stage: Stage, text: string): string {
  if (/^[a-z+]+:/i.test(text)) return text;
  const [, path = '', extras = ''] = /^(.*?)(\[[^\]]*\])?$/s.exec(text) ?? [];
  const found = stage.files.at(imagePath(stage.workdir.text, path));
  if (found === undefined) throw new Unmapped(`no file of the repository was copied to ${imagePath(stage.workdir.text, path).slice(0, 200)}`);
  return `${found === '' ? '.' : `./${found}`}${extras}`;
}

const PROJECTS = {
  uv: [['uv.lock', 'uv-lock'], ['pyproject.toml', 'pyproject']],
  poetry: [['pyproject.toml', 'pyproject']],
  pipenv: [['Pipfile', 'pipfile']],
} as const;

/** `uv sync`, `poetry install` and `pipenv install`: what the project’s own file says. */
export function projectInstall(stage: Stage, tool: keyof typeof PROJECTS): void {
  if (stage.requirements.length > 0) throw new Unmapped('it installs beside what pip was told to, and one of the two can be done');
  for (const [name, kind] of PROJECTS[tool]) {
    const path = stage.files.at(imagePath(stage.workdir.text, name));
    if (path === undefined) continue;
    stage.project = { kind, path: inDir(dirOf(path), name), dir: dirOf(path) };
    return;
  }
  throw new Unmapped(`no ${PROJECTS[tool].at(-1)?.[0]} of the repository was copied to ${stage.workdir.text}`);
}
