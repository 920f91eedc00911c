import type { RepositoryTree } from '../repository-tree.ts';
import type { Instruction } from './instructions.ts';
import { isUvImage, pythonOfImage } from './image-name.ts';
import { imagePath, PlacedFiles } from './placed-files.ts';
import { RepositoryPaths } from './repository-paths.ts';
import { runCommands } from './run-command.ts';
import { known, type Stage, type Start } from './stage.ts';
import { Unmapped } from './unmapped.ts';
import { filledIn, ofALine, type Variables, wordsIn } from './words.ts';

/** What is noted once, and means nothing here: the platform decides it, or Docker alone reads it. */
const IGNORED = new Set(['LABEL', 'MAINTAINER', 'EXPOSE', 'HEALTHCHECK', 'USER', 'STOPSIGNAL', 'VOLUME']);

/** A stage of a Dockerfile: an image that begins with FROM, and may begin with another. */
export interface StageText {
  readonly name: string | null;
  readonly from: Instruction;
  readonly instructions: readonly Instruction[];
}

/** A line that cannot be done. */
export interface Refused {
  readonly line: number;
  readonly instruction: string;
  readonly why: string;
}

/** Reads the stage that an image is made of, and what it is made from. What it cannot do it collects. */
export class StageReader {
  readonly refused: Refused[] = [];
  readonly #read = new Map<StageText, Stage>();
  readonly #global = new Map<string, string>();
  readonly #repository: RepositoryPaths;

  constructor(
    tree: RepositoryTree,
    private readonly stages: readonly StageText[],
    /** Those before the first FROM. */
    globals: readonly Instruction[],
  ) {
    this.#repository = new RepositoryPaths(tree);
    for (const each of globals) this.#attempt(each, () => pairsOf(each.text, this.#global).forEach(([name, value]) => this.#global.set(name, value)));
  }

  read(text: StageText): Stage {
    const known = this.#read.get(text);
    if (known) return known;
    const stage = this.#begun(text);
    this.#read.set(text, stage);
    for (const instruction of text.instructions) this.#attempt(instruction, () => this.#follow(stage, instruction, text));
    return stage;
  }

  #attempt({ line, keyword, text }: Instruction, follow: () => void): void {
    try {
      follow();
    } catch (error) {
      if (!(error instanceof Unmapped)) throw error;
      this.refused.push({ line, instruction: `${keyword} ${text}`.replace(/\s+/g, ' ').slice(0, 200), why: error.why });
    }
  }

  #begun(text: StageText): Stage {
    let image = '';
    this.#attempt(text.from, () => ([image = ''] = wordsIn(text.from.text, this.#global)));
    const before = this.#named(image, text);
    if (before) {
      const { python, workdir, variables, files, requirements, project, packages, entrypoint, command, ignored } = this.read(before);
      return { python, workdir, variables: new Map(variables), args: new Map(), files: new PlacedFiles(this.#repository, files.all), requirements: [...requirements], project, packages: [...packages], entrypoint, command, ignored };
    }
    let python: string | null = null;
    this.#attempt(text.from, () => (python = pythonOfImage(image)));
    return { python: python === null ? null : { text: python, line: text.from.line }, workdir: { text: '/', line: text.from.line }, variables: new Map(), args: new Map(), files: new PlacedFiles(this.#repository), requirements: [], project: null, packages: [], entrypoint: null, command: null, ignored: new Set() };
  }

  /** An earlier stage, by its name or number. */
  #named(name: string, before: StageText): StageText | undefined {
    return this.stages.slice(0, this.stages.indexOf(before)).find((stage, index) => stage.name === name.toLowerCase() || String(index) === name);
  }

  #follow(stage: Stage, { keyword, text, flags, line, hasDocument }: Instruction, within: StageText): void {
    if (hasDocument) throw new Unmapped('it has a here-document');
    if (IGNORED.has(keyword)) return void stage.ignored.add(keyword);
    switch (keyword) {
      case 'WORKDIR':
        stage.workdir = { text: imagePath(stage.workdir.text, wordsIn(text, known(stage)).join(' ')), line };
        return;
      case 'ENV':
        for (const [name, value] of pairsOf(text, known(stage))) stage.variables.set(name, value);
        return;
      case 'ARG':
        for (const [name, value] of pairsOf(text, known(stage), this.#global)) stage.args.set(name, value);
        return;
      case 'COPY':
      case 'ADD':
        return this.#copy(stage, { keyword, text, flags, line, hasDocument }, within);
      case 'RUN':
        this.#mounts(stage, flags);
        return runCommands(stage, listOf(text)?.map(quoted).join(' ') ?? text, line);
      case 'CMD':
        stage.command = startOf(text, line);
        return;
      case 'ENTRYPOINT':
        stage.entrypoint = startOf(text, line);
        if ((stage.command?.line ?? 0) < within.from.line) stage.command = null; // it belongs to what a stage before started
        return;
      case 'SHELL':
        if (!/^(\/usr)?(\/bin\/)?(ba|a)?sh$/.test(listOf(text)?.[0] ?? '')) throw new Unmapped('lines are read as those of a POSIX shell');
        return;
      default:
        throw new Unmapped(`${keyword.slice(0, 20)} is not known here`);
    }
  }

  #copy(stage: Stage, { keyword, text, flags, line }: Instruction, within: StageText): void {
    const list = listOf(text)?.map((word) => filledIn(word, known(stage)));
    const words = list ? ofALine(list) : wordsIn(text, known(stage));
    const target = words.at(-1) ?? '';
    const sources = words.slice(0, -1);
    if (sources.length === 0) throw new Unmapped('it names no source and target');
    if (flags.some(([name]) => name === 'parents')) throw new Unmapped('--parents is not known here');
    if (keyword === 'ADD' && sources.some((source) => /^[a-z][\w+.-]*:|^git@/i.test(source))) throw new Unmapped('it fetches from another place than the repository');
    if (keyword === 'ADD' && sources.some((source) => /\.(tar|tgz|tbz2?|txz|tar\.\w+)$/i.test(source))) throw new Unmapped('it unpacks an archive; commit what is in it');
    const at = { target, workdir: stage.workdir.text, line };
    const from = flags.find(([name]) => name === 'from')?.[1];
    if (from === undefined) return stage.files.copy(sources, at);
    if (isUvImage(from)) return;
    const other = this.#named(from, within);
    if (!other) throw new Unmapped(`it copies from the image ${from.slice(0, 80)}`);
    const made = this.read(other);
    const ours = sources.map((source) => made.files.at(imagePath('/', source))).filter((path) => path !== undefined);
    if (ours.length > 0) stage.files.copy(ours.map((path) => path || '.'), at);
    // Whatever else lies there was installed there, and is installed here.
    const [requirements, packages] = [new Set(stage.requirements), new Set(stage.packages.map(({ text: name }) => name))];
    stage.requirements.push(...made.requirements.filter((each) => !requirements.has(each)));
    stage.packages.push(...made.packages.filter(({ text: name }) => !packages.has(name)));
    stage.project ??= made.project;
  }

  #mounts(stage: Stage, flags: Instruction['flags']): void {
    for (const [name, value] of flags) {
      if (name !== 'mount') continue;
      const options = new Map(value.split(',').map((option) => [option.replace(/=.*$/s, ''), option.replace(/^[^=]*=?/s, '')] as const));
      const type = options.get('type') ?? 'bind';
      if (type === 'secret' || type === 'ssh') throw new Unmapped('builds are given no secrets');
      if (type !== 'bind' || options.has('from')) continue;
      const source = options.get('source') ?? options.get('src') ?? '.';
      stage.files.copy([source], { target: options.get('target') ?? options.get('dst') ?? options.get('destination') ?? source, workdir: stage.workdir.text, line: null });
    }
  }
}

/** `["a", "b"]`; `undefined` for anything else. */
function listOf(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined; // Docker takes it for a line of shell, too
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
const startOf = (text: string, line: number): Start => ({ words: listOf(text) ?? text, line });

/** `A=1 B=2`, or the old `A 1`. */
function pairsOf(text: string, variables: Variables, otherwise: Variables = new Map()): [string, string][] {
  const words = wordsIn(text, variables);
  const [first = ''] = words;
  if (!first.includes('=')) return words.length > 1 ? [[first, ofALine([words.slice(1).join(' ')]).join('')]] : [[first, otherwise.get(first) ?? '']];
  return words.map((word) => [word.replace(/=.*$/s, ''), word.replace(/^[^=]*=?/s, '')]);
}
