import type { PythonRange } from '../dependencies/listing.ts';
import { PlanFailure } from '../plan-failure.ts';
import type { DependencyFile } from '../plan.ts';
import { dirOf, type RepositoryTree } from '../repository-tree.ts';
import { type Instruction, readInstructions } from './instructions.ts';
import { layOut } from './lay-out.ts';
import { known, type Said, type Stage } from './stage.ts';
import { type Refused, StageReader, type StageText } from './stage-reader.ts';
import { readStart } from './start-command.ts';
import { Unmapped } from './unmapped.ts';

/** The one that is read: in the root, from where its paths start. */
export const DOCKERFILE = 'Dockerfile';

/** What a Dockerfile says, in the words of a build. */
export interface ReadDockerfile {
  readonly entryFile: string;
  readonly python: PythonRange | null;
  /** `null`: it installs nothing, so that the repository's files decide. */
  readonly dependencies: DependencyFile | null;
  readonly packages: readonly Said[];
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly notes: readonly string[];
}

/** Longer ones are not read. */
export const MAX_CHARACTERS = 65_536;
const MOST_INSTRUCTIONS = 500;
const MOST_STAGES = 20;
const MOST_TOLD = 30;

/** @throws PlanFailure naming each line that cannot be done, and why */
export function readDockerfile(tree: RepositoryTree): ReadDockerfile {
  const text = tree.files.get(DOCKERFILE)?.text;
  const instructions = text === undefined || text.length > MAX_CHARACTERS ? [] : readInstructions(text);
  const { stages, globals } = stagesOf(instructions);
  const last = stages.at(-1);
  if (!last || instructions.length > MOST_INSTRUCTIONS || stages.length > MOST_STAGES) {
    throw failure(`${DOCKERFILE} ${last ? 'is larger than any that is read here' : 'has no FROM, or is no text'}.`, null);
  }
  const reader = new StageReader(tree, stages, globals);
  const stage = reader.read(last);
  const refused = [...reader.refused];
  const started = startOf(tree, stage, refused);
  if (started === undefined || refused.length > 0) throw refusal(refused);
  const { entryFile, variables, notes } = started;
  return {
    entryFile,
    python: stage.python && { range: stage.python.text, path: `${DOCKERFILE} line ${stage.python.line}` },
    dependencies: stage.project ?? dependenciesOf(stage.requirements),
    packages: stage.packages,
    variables,
    notes: [...notes, ...(stage.ignored.size === 0 ? [] : [`${[...stage.ignored].join(', ')} of ${DOCKERFILE} ${stage.ignored.size === 1 ? 'means' : 'mean'} nothing here.`]), ...(tree.files.has('.dockerignore') ? ['.dockerignore is not followed: the app has all files of the repository.'] : [])],
  };
}

/** What is started, where from and with what; `undefined` where that is refused. */
function startOf(tree: RepositoryTree, stage: Stage, refused: Refused[]): ReturnType<typeof layOut> | undefined {
  const start = stage.entrypoint ?? stage.command;
  try {
    const command = readStart(stage.entrypoint, stage.command, known(stage));
    return layOut(tree, stage, command, refused);
  } catch (error) {
    if (!(error instanceof Unmapped)) throw error;
    const words = typeof start?.words === 'string' ? start.words : JSON.stringify(start?.words ?? []);
    refused.push({ line: start?.line ?? 1, instruction: start ? `${start === stage.command ? 'CMD' : 'ENTRYPOINT'} ${words}`.slice(0, 200) : '', why: start ? error.why : 'it has no CMD, which starts the app' });
    return undefined;
  }
}

/** A single file alone is what a build without a Dockerfile would take. */
function dependenciesOf(requirements: readonly string[]): DependencyFile | null {
  const [first = '', ...others] = requirements;
  if (first === '') return null;
  const path = others.length === 0 && first.startsWith('-r ') ? first.slice(3) : '';
  return path === '' || /^https?:/i.test(path) ? { kind: 'dockerfile', path: DOCKERFILE, dir: '', lines: requirements } : { kind: 'requirements', path, dir: dirOf(path) };
}

function stagesOf(instructions: readonly Instruction[]): { stages: StageText[]; globals: Instruction[] } {
  const stages: (StageText & { readonly instructions: Instruction[] })[] = [];
  const globals: Instruction[] = [];
  for (const instruction of instructions) {
    const name = /\sAS\s+(\S+)\s*$/i.exec(instruction.text)?.[1]?.toLowerCase() ?? null;
    if (instruction.keyword === 'FROM') stages.push({ name, from: instruction, instructions: [] });
    else if (stages.length > 0) stages.at(-1)?.instructions.push(instruction);
    else if (instruction.keyword === 'ARG') globals.push(instruction);
  }
  return { stages, globals };
}

const failure = (message: string, excerpt: string | null): PlanFailure =>
  new PlanFailure('plan.dockerfile_unsupported', message, 'Change the Dockerfile, or name the app’s script as its entry file: then the Dockerfile is not used.', excerpt);

function refusal(refused: readonly Refused[]): PlanFailure {
  const told = [...refused].sort((a, b) => a.line - b.line);
  const [first] = told;
  const others = told.length - 1;
  const more = others === 0 ? '' : ` ${others === 1 ? 'One more line cannot' : `${others} more lines cannot`} either.`;
  return failure(`Line ${first?.line} of ${DOCKERFILE} cannot be done here: ${first?.why}.${more}`, told.slice(0, MOST_TOLD).map(({ line, instruction, why }) => `${DOCKERFILE}:${line}: ${instruction}\n  ${why}`).join('\n'));
}
