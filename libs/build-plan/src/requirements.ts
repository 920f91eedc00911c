import { PlanFailure } from './plan-failure.ts';
import { readRequirement, normalName, type RequirementLine } from './requirement-line.ts';
import { dirOf, resolveIn, type RepositoryTree } from './repository-tree.ts';

/** A requirements file with everything it includes. */
export interface Requirements {
  /** Normalised names of direct dependencies. */
  readonly names: ReadonlySet<string>;
  /** Direct dependencies without any version. */
  readonly unpinned: readonly string[];
  /** Every file that took part, in the order of reading. */
  readonly inputs: readonly (readonly [path: string, text: string])[];
  /** Installs the repository's own code as a copy (`.` or `./folder`, not `-e`). */
  readonly copiesSource: boolean;
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

/** Reads a requirements file and what it includes, or throws {@link PlanFailure} naming the line. */
export function readRequirements(tree: RepositoryTree, path: string): Requirements {
  const names = new Set<string>();
  const unpinned: string[] = [];
  const inputs = new Map<string, string>();
  let copiesSource = false;

  const take = (line: RequirementLine, file: string, constraint: boolean): void => {
    if (line.kind === 'include' || line.kind === 'constraint') {
      const target = included(tree, file, line.path);
      if (target !== undefined) visit(target, constraint || line.kind === 'constraint');
    } else if (constraint) return;
    else if (line.kind === 'package') {
      names.add(line.name);
      if (!line.pinned) unpinned.push(line.name);
    } else if (line.kind === 'link' && line.name !== null) names.add(normalName(line.name));
    else if (line.kind === 'local' && !line.editable) copiesSource = true;
  };

  const visit = (file: string, constraint: boolean): void => {
    if (inputs.has(file)) return;
    const text = tree.files.get(file)?.text;
    if (text === undefined || text.includes('\0')) throw unreadableFile(file);
    inputs.set(file, text);
    for (const { number, text: body } of requirementLines(text)) {
      const line = readRequirement(body);
      if (line.kind === 'unreadable') throw new PlanFailure('plan.requirements_unreadable', `Line ${number} of ${file} cannot be read: ${line.why}.`, line.hint, `${file}:${number}: ${body.trim()}`);
      take(line, file, constraint);
    }
  };

  visit(path, false);
  return { names, unpinned, inputs: [...inputs], copiesSource };
}

/** Where an include leads: a path in the repository, `undefined` for a URL. */
function included(tree: RepositoryTree, file: string, path: string): string | undefined {
  if (/^https?:\/\//i.test(path)) return undefined;
  const target = resolveIn(dirOf(file), path);
  if (target !== undefined && tree.files.has(target)) return target;
  throw new PlanFailure('plan.requirements_unreadable', `${file} includes ${path || 'a file without a name'}, which the repository does not have.`, 'Commit that file, or remove the line that includes it.', `${file}: ${path}`);
}

const unreadableFile = (file: string): PlanFailure =>
  new PlanFailure('plan.requirements_unreadable', `${file} is not a text file.`, 'Save it as plain UTF-8 text, for example with “pip freeze > requirements.txt”.');

/** Files that requirements files include and whose text is not loaded yet: load them and ask again until there are none. */
export function planFilesMissing(tree: RepositoryTree): string[] {
  const missing = new Set<string>();
  for (const [path, { text }] of tree.files) {
    if (text === undefined || /\.(py|toml|lock|ya?ml)$/.test(path)) continue; // an included file may have any other name
    for (const { text: body } of requirementLines(text)) {
      const line = readRequirement(body);
      if (line.kind !== 'include' && line.kind !== 'constraint') continue;
      const target = resolveIn(dirOf(path), line.path);
      const file = target === undefined ? undefined : tree.files.get(target);
      if (target !== undefined && file && file.text === undefined) missing.add(target);
    }
  }
  return [...missing];
}
