import { PlanFailure } from './plan-failure.ts';
import { normalName, readRequirement, type RequirementLine } from './requirement-line.ts';
import { requirementOption } from './requirement-options.ts';
import { dirOf, resolveIn, type RepositoryTree } from './repository-tree.ts';

/** A requirements file with everything it includes. */
export interface Requirements {
  /** Direct dependencies by their normalised names, with the versions they may have; empty where any. */
  readonly versions: ReadonlyMap<string, string>;
  /** Every file that took part, in the order of reading. */
  readonly inputs: readonly (readonly [path: string, text: string])[];
  /** The same files as the installer is to read them, each at its own path. */
  readonly files: readonly (readonly [path: string, text: string])[];
  /** Options that the installer takes from its command line only. */
  readonly options: readonly string[];
  /** Installs the repository's own code as a copy (`.` or `./folder`, not `-e`). */
  readonly copiesSource: boolean;
  /** Nothing without a hash may be installed. */
  readonly requiresHashes: boolean;
  readonly notes: readonly string[];
}

/** Where reading starts: a file of the repository, or lines that stand for one. */
export interface RequirementsRoot {
  readonly path: string;
  readonly lines?: readonly string[];
}

/** The logical lines of a requirements file with the number of their first line. */
export function requirementLines(text: string): { number: number; text: string }[] {
  const lines: { number: number; text: string }[] = [];
  let open: { number: number; text: string } | undefined;
  for (const [index, raw] of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).entries()) {
    const comment = raw.trimStart().startsWith('#');
    const line = comment ? '' : raw.replace(/\s#.*$/, '');
    const continues = !comment && raw.trimEnd().endsWith('\\');
    const body = continues ? line.trimEnd().replace(/\\$/, '') : line;
    if (open) open.text += ` ${body.trim()}`;
    else open = { number: index + 1, text: body };
    if (!continues) {
      lines.push(open);
      open = undefined;
    }
  }
  if (open) lines.push(open);
  return lines;
}

/** Reads requirements and what they include, or throws {@link PlanFailure} naming the line. */
export function readRequirements(tree: RepositoryTree, root: RequirementsRoot): Requirements {
  const versions = new Map<string, string>();
  const inputs = new Map<string, string>();
  const files = new Map<string, string>();
  const options: string[] = [];
  const notes: string[] = [];
  let copiesSource = false;
  let requiresHashes = false;

  const take = (line: RequirementLine): void => {
    if (line.kind === 'package') versions.set(line.name, joined(versions.get(line.name), line));
    else if (line.kind === 'link' && line.name !== null) versions.set(normalName(line.name), `@ ${line.url}`);
    else if (line.kind === 'local' && !line.editable) copiesSource = true;
  };

  /** What is left of a line for the installer. */
  const handedOver = (line: RequirementLine, body: string, file: string, number: number): string => {
    if (line.kind === 'package') return body.replace(/\s--(config-settings?|global-option|install-option)[=\s]\S+/g, '');
    if (line.kind !== 'option') return body;
    if (line.name === '--require-hashes') requiresHashes = true;
    const option = requirementOption(line, file);
    options.push(...option.moved);
    if (option.note !== null) notes.push(`${file}${root.lines && file === root.path ? '' : ` line ${number}`}: ${option.note}`);
    return option.stays ? body : '';
  };

  const visit = (file: string, text: string, constraint: boolean): void => {
    if (inputs.has(file)) return;
    inputs.set(file, text);
    const handed: string[] = [];
    for (const { number, text: body } of requirementLines(text)) {
      const line = readRequirement(body);
      if (line.kind === 'unreadable') throw unreadableLine(root, file, number, body, line);
      handed[number - 1] = handedOver(line, body, file, number);
      if (/\$\{[A-Z0-9_]+\}/.test(body)) notes.push(`${file} line ${number} uses an environment variable, and builds have none of the app’s.`);
      if (line.kind === 'include' || line.kind === 'constraint') {
        const target = included(tree, file, line.path);
        if (target !== undefined) visit(target, textOf(tree, target), constraint || line.kind === 'constraint');
      } else if (!constraint) take(line);
    }
    files.set(file, `${Array.from(handed, (line) => line ?? '').join('\n')}\n`);
  };

  visit(root.path, root.lines ? root.lines.join('\n') : textOf(tree, root.path), false);
  return { versions, inputs: [...inputs], files: [...files], options, copiesSource, requiresHashes, notes };
}

/** Lines with markers are alternatives; others add to each other. */
function joined(known: string | undefined, { versions, text }: { versions: string; text: string }): string {
  if (known === undefined) return versions;
  return text.includes(';') ? `${known}||${versions}` : [known, versions].filter((part) => part !== '').join(',');
}

function textOf(tree: RepositoryTree, file: string): string {
  const text = tree.files.get(file)?.text;
  if (text === undefined || text.includes('\0')) throw new PlanFailure('plan.requirements_unreadable', `${file} is not a text file.`, 'Save it as plain UTF-8 text, for example with “pip freeze > requirements.txt”.');
  return text;
}

/** Where an include leads: a path in the repository, `undefined` for a URL. */
function included(tree: RepositoryTree, file: string, path: string): string | undefined {
  if (/^https?:\/\//i.test(path)) return undefined;
  const target = resolveIn(dirOf(file), path);
  if (target !== undefined && tree.files.has(target)) return target;
  throw new PlanFailure('plan.requirements_unreadable', `${file} includes ${path || 'a file without a name'}, which the repository does not have.`, 'Commit that file, or remove the line that includes it.', `${file}: ${path}`);
}

function unreadableLine(root: RequirementsRoot, file: string, number: number, body: string, { why, hint }: { why: string; hint: string }): PlanFailure {
  const text = body.trim();
  if (root.lines && file === root.path) return new PlanFailure('plan.requirements_unreadable', `“${text.slice(0, 120)}” in ${file} cannot be read: ${why}.`, hint, `${file}: ${text}`);
  return new PlanFailure('plan.requirements_unreadable', `Line ${number} of ${file} cannot be read: ${why}.`, hint, `${file}:${number}: ${text}`);
}

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
  return requirementLines(text).map(({ text: body }) => readRequirement(body)).flatMap((line) => (line.kind === 'include' || line.kind === 'constraint' ? [line.path] : []));
}
