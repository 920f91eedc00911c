import type { RepositoryTree } from '../repository-tree.ts';
import { below, imagePath } from './placed-files.ts';
import { known, type Stage } from './stage.ts';
import type { Refused } from './stage-reader.ts';
import type { StartCommand } from './start-command.ts';
import { Unmapped } from './unmapped.ts';
import { filledIn } from './words.ts';

/** Where an app's files are when it runs. */
const APP = '/app';
/** What builds read and apps do not, and what the platform has a place of its own for. */
const NOT_THE_APPS = /^(PATH|HOME|USER|VIRTUAL_ENV|PIP_\w+|UV_\w+|POETRY_\w+|PIPENV_\w+|DEBIAN_FRONTEND|PYTHON_VERSION|LD_PRELOAD|WEIR_\w+)$/;
const NAME = /^[A-Za-z_]\w*$/;
/** They are words of the image's command, which the engine reads as one line. */
const MOST_CHARACTERS = 8192;

interface LaidOut {
  readonly entryFile: string;
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly notes: readonly string[];
}

/**
 * The app as it is laid out here: all files of the repository, each at its own path, in one folder, where the app starts.
 *
 * @param refused gets the lines that would have it otherwise
 * @throws Unmapped where what is started is not in the repository
 */
export function layOut(tree: RepositoryTree, stage: Stage, { script, variables, leftOut }: StartCommand, refused: Refused[]): LaidOut {
  const placed = stage.files.all.filter(({ line }) => line !== null);
  const whole = placed.findLast(({ from }) => from === '');
  const folder = whole?.to ?? stage.workdir.text;
  const entryFile = entryOf(tree, stage, script, folder);
  for (const each of placed) {
    const inside = below(folder, each.to);
    const why = inside === undefined ? elsewhere(stage, each, folder) : inside === each.from || (each.from === '' && inside === '') ? null : `files stay where the repository has them, and it puts ${each.from || 'them'} at ${inside || 'the app’s root'}`;
    if (why !== null) refused.push({ line: each.line ?? 1, instruction: `COPY ${each.from || '.'} ${each.to}`, why });
  }
  const { workdir } = stage;
  const startsIn = below(folder, workdir.text);
  if (startsIn !== undefined && startsIn !== '') refused.push({ line: workdir.line, instruction: `WORKDIR ${workdir.text}`, why: `apps start in the repository’s root, and it has the app start in ${startsIn}` });

  const moved = (value: string): string => value.split(':').map((part) => (folder !== '/' && below(folder, part) !== undefined ? imagePath(APP, below(folder, part) ?? '') : part)).join(':');
  const own = [...stage.variables].filter(([name]) => NAME.test(name) && !NOT_THE_APPS.test(name)).map(([name, value]) => [name, moved(value)] as const);
  const all = new Map([...own, ...variables, ...pathOf(script, own)]);
  if ([...all].flat().join('').length > MOST_CHARACTERS || [...all.values()].some((value) => /[\0\r\n]/.test(value))) throw new Unmapped('the variables of ENV are too long, or of several lines');
  return {
    entryFile,
    variables: [...all],
    notes: [
      ...(leftOut.length === 0 ? [] : [`How the app is served is the platform’s: ${[...new Set(leftOut)].slice(0, 12).join(', ')} ${leftOut.length === 1 ? 'is' : 'are'} left out.`]),
      ...(folder === APP && workdir.text === APP ? [] : [`The app’s files are in ${APP} here, not in ${folder}, and it starts there: a script that says ${folder} itself does not find them.`]),
      ...(own.length === 0 ? [] : [`The app gets the variables ${own.map(([name]) => name).slice(0, 20).join(', ')} of the Dockerfile; a secret of that name counts before.`]),
    ],
  };
}

/** A server that is given a module finds others from where it starts, not from beside it. */
const pathOf = (script: StartCommand['script'], own: readonly (readonly [string, string])[]): [string, string][] =>
  'module' in script && script.module.includes('.') ? [['PYTHONPATH', [APP, ...own.filter(([name]) => name === 'PYTHONPATH').map(([, value]) => value)].join(':')]] : [];

function entryOf(tree: RepositoryTree, stage: Stage, script: StartCommand['script'], folder: string): string {
  const named = 'path' in script ? filledIn(script.path, known(stage)) : `${script.module.replaceAll('.', '/')}.py`;
  const found = stage.files.at(imagePath(stage.workdir.text, named)) ?? below(folder, imagePath(folder, named));
  const text = found === undefined ? undefined : tree.files.get(found)?.text;
  if (found === undefined || !tree.files.has(found)) throw new Unmapped(`it starts ${named.slice(0, 200)}, which the repository does not have there`);
  if (!found.endsWith('.py')) throw new Unmapped(`it starts ${found.slice(0, 200)}, which is no Python script`);
  if ('module' in script && /^[ \t]*from[ \t]+\./m.test(text ?? '')) throw new Unmapped(`${found} imports from beside itself with a dot, which only a module can, and here it is run as a script`);
  return found;
}

/** A file outside the app's folder is of use to installations only, and Streamlit's settings, which are found in the repository. */
function elsewhere(stage: Stage, placed: Stage['files']['all'][number], folder: string): string | null {
  const isSettings = /(^|\/)\.streamlit(\/|$)/.test(placed.from) && /\/\.streamlit(\/|$)/.test(placed.to);
  if (stage.files.wasRead(placed) || isSettings) return null;
  return `an app has the files in its folder only, and it puts ${placed.from || 'files'} at ${placed.to}, outside ${folder}`;
}
