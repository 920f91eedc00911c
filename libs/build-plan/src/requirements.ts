import { PlanFailure } from './plan-failure.ts';
import { normalName, partsOf, type RequirementLine } from './requirement-line.ts';
import { requirementOption } from './requirement-options.ts';
import { dirOf, resolveIn, type RepositoryTree } from './repository-tree.ts';

/** Nobody splits requirements into more, and they are read one inside the other. */
const MOST_FILES = 200;

/** A requirements file with everything it includes. */
export interface Requirements {
  /** Direct dependencies by their normalised names, with the versions they may have; empty where any. */
  readonly versions: ReadonlyMap<string, string>;
  /** The same with what constraints say of these and of others. */
  readonly said: ReadonlyMap<string, string>;
  /** Every file that took part, in the order of reading. */
  readonly inputs: readonly (readonly [path: string, text: string])[];
  /** The same files as the installer is to read them, each at its own path. */
  readonly files: readonly (readonly [path: string, text: string])[];
  /** Options that the installer takes from its command line only. */
  readonly options: readonly string[];
  /** Those and what the files themselves say of where packages come from and in what form, as arguments. */
  readonly sources: readonly string[];
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
  const reading = new Reading(tree, root);
  reading.visit(root.path, root.lines ? root.lines.join('\n') : textOf(tree, root.path), false);
  return reading;
}

class Reading implements Requirements {
  readonly versions = new Map<string, string>();
  readonly notes: string[] = [];
  copiesSource = false;
  requiresHashes = false;
  readonly #texts = new Map<string, string>();
  readonly #handed = new Map<string, string>();
  readonly #limits = new Map<string, string>();
  readonly #options = new Map<string, readonly string[]>();
  readonly #inPlace: string[] = [];

  constructor(
    private readonly tree: RepositoryTree,
    private readonly root: RequirementsRoot,
  ) {}

  get inputs(): Requirements['inputs'] {
    return [...this.#texts];
  }

  get files(): Requirements['files'] {
    return [...this.#handed];
  }

  get said(): Requirements['said'] {
    const both = Array.from(this.versions, ([name, range]) => [name, [range, this.#limits.get(name) ?? ''].filter((part) => part !== '').join(',')] as const);
    return new Map([...this.#limits, ...both]);
  }

  get options(): Requirements['options'] {
    return [...this.#options.values()].flat();
  }

  get sources(): Requirements['sources'] {
    return [...this.options, ...this.#inPlace];
  }

  /** @param isConstraint its lines limit what others ask for, and ask for nothing themselves */
  visit(file: string, text: string, isConstraint: boolean): void {
    if (this.#texts.has(file)) return;
    if (this.#texts.size >= MOST_FILES) throw new PlanFailure('plan.requirements_unreadable', `More than ${MOST_FILES} files are included, one by the other.`, 'Join them in fewer files.');
    this.#texts.set(file, text);
    const handed: string[] = [];
    for (const { number, text: body } of requirementLines(text)) {
      const { parts, forgotten } = partsOf(body);
      const place = this.#place(file, number);
      if (/\$\{[A-Z0-9_]+\}/.test(body)) this.notes.push(`${place} uses an environment variable, and builds have none of the app’s.`);
      handed[number - 1] = parts.flatMap(({ line, text: part }) => {
        if (line.kind === 'unreadable') throw this.#unreadable(file, number, body, line);
        return this.#handedOver(line, part, place, file);
      }).join('\n');
      if (forgotten !== '') this.notes.push(`${place}: “${forgotten.slice(0, 80)}” stands behind an option, where pip does not read it.`);
      for (const { line } of parts) {
        if (line.kind === 'include' || line.kind === 'constraint') {
          const target = included(this.tree, file, line.path);
          if (target !== undefined) this.visit(target, textOf(this.tree, target), isConstraint || line.kind === 'constraint');
        } else this.#take(line, isConstraint ? this.#limits : this.versions);
      }
    }
    this.#handed.set(file, `${Array.from(handed, (line) => line ?? '').join('\n')}\n`);
  }

  #take(line: RequirementLine, versions: Map<string, string>): void {
    if (line.kind === 'package') versions.set(line.name, joined(versions.get(line.name), line));
    else if (line.kind === 'link' && line.name !== null) versions.set(normalName(line.name), `@ ${line.url}`);
    else if (line.kind === 'local' && !line.editable) this.copiesSource = true;
  }

  /** What is left of a part of a line for the installer; nothing of an option that it is told otherwise. */
  #handedOver(line: RequirementLine, text: string, place: string, file: string): string[] {
    if (line.kind === 'package') return [text.replace(/\s--(config-settings?|global-option|install-option)[=\s]\S+/g, '')];
    if (line.kind !== 'option') return [text];
    if (line.name === '--require-hashes') this.requiresHashes = true;
    const { moved, note, stays } = requirementOption(line, file);
    if (moved) this.#options.set(moved[0] === '--find-links' ? moved.join(' ') : moved[0], moved); // others may be said once only
    if (note !== null) this.notes.push(`${place}: ${note}`);
    if (stays && line.name !== '--require-hashes') this.#inPlace.push(line.name, ...(line.value === '' ? [] : [line.value]));
    return stays ? [line.value === '' ? line.name : `${line.name} ${line.value}`] : [];
  }

  /** Lines that stand for a file have numbers that nobody sees. */
  #isTranslated(file: string): boolean {
    return this.root.lines !== undefined && file === this.root.path;
  }

  #place(file: string, number: number): string {
    return this.#isTranslated(file) ? file : `${file} line ${number}`;
  }

  #unreadable(file: string, number: number, body: string, { why, hint }: { why: string; hint: string }): PlanFailure {
    const text = body.trim();
    if (this.#isTranslated(file)) return new PlanFailure('plan.requirements_unreadable', `“${text.slice(0, 120)}” in ${file} cannot be read: ${why}.`, hint, `${file}: ${text}`);
    return new PlanFailure('plan.requirements_unreadable', `Line ${number} of ${file} cannot be read: ${why}.`, hint, `${file}:${number}: ${text}`);
  }
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
  throw new PlanFailure('plan.requirements_unreadable', `${file} includes ${path.slice(0, 200) || 'a file without a name'}, which the repository does not have.`, 'Commit that file, or remove the line that includes it.', `${file}: ${path}`);
}
