import { STREAMLIT_OPTIONS, streamlitVariable } from '@weir/domain';
import type { Start } from './stage.ts';
import { Unmapped } from './unmapped.ts';
import { commandsIn, filledIn, ofALine, type Variables } from './words.ts';

/** What starts the app, as far as the platform leaves that to it. */
export interface StartCommand {
  /** The script, as the command names it, or its module. */
  readonly script: { readonly path: string } | { readonly module: string; readonly application: string };
  readonly variables: ReadonlyMap<string, string>;
  /** Options that the platform decides. */
  readonly leftOut: readonly string[];
}

/** What an application may be called: the server that runs scripts looks for these. */
const APPLICATIONS = ['server', 'app', 'application'];
/** Programs that are given a script or an application, among options of their own. */
const SERVERS = new Set(['uvicorn', 'gunicorn', 'hypercorn', 'waitress-serve', 'fastapi', 'flask', 'panel', 'shiny', 'marimo', 'gradio', 'granian', 'daphne']);
const MODULE = /^([A-Za-z_][\w.]*):([A-Za-z_][\w.]*)$/;
const NO_OPTIONS = { variables: new Map<string, string>(), leftOut: [] };

/** Reads ENTRYPOINT and CMD together. @throws Unmapped where they start what is not served here */
export function readStart(entrypoint: Start | null, command: Start | null, variables: Variables): StartCommand {
  const first = entrypoint && wordsOf(entrypoint, variables);
  const all = first ? [...first, ...(typeof entrypoint?.words === 'string' || !command ? [] : wordsOf(command, variables))] : command ? wordsOf(command, variables) : [];
  const [program = '', ...args] = unwrapped(all, variables);
  const name = program.replace(/^.*\//, '');
  if (/^python[\d.]*$/.test(name)) return python(args, variables);
  if (name === 'streamlit') return streamlit(args);
  if (SERVERS.has(name)) return server(name, args, variables);
  throw new Unmapped(`it starts ${program.slice(0, 80) || 'nothing'}, and only scripts and the servers of the frameworks are started here`);
}

function wordsOf({ words }: Start, variables: Variables): readonly string[] {
  return typeof words === 'string' ? single(commandsIn(words, variables)) : ofALine(words.map((word) => (word.startsWith('$') ? filledIn(word, variables) : word)));
}

function single(commands: readonly (readonly string[])[]): readonly string[] {
  const left = commands.filter(([program]) => program !== 'cd' && program !== 'export');
  if (left.length > 1 || left.length < commands.length) throw new Unmapped('it runs several commands, and only the app is started here');
  return left[0] ?? [];
}

/** Without what stands in front of a program. */
function unwrapped(words: readonly string[], variables: Variables): readonly string[] {
  const [program = '', ...args] = words;
  const name = program.replace(/^.*\//, '');
  const script = args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
  if (/^(sh|bash|ash)$/.test(name) && script >= 0) return unwrapped(single(commandsIn(args[script + 1] ?? '', variables)), variables);
  if (/^(tini|dumb-init|exec)$/.test(name)) return unwrapped(args.slice(args.findIndex((arg) => !arg.startsWith('-'))), variables);
  if (/^(uv|poetry|pipenv)$/.test(name) && args[0] === 'run') return unwrapped(args.slice(1).filter((arg, index, all) => !arg.startsWith('--') || all.slice(0, index).some((other) => !other.startsWith('--'))), variables);
  if (/^[A-Za-z_]\w*=/.test(program)) throw new Unmapped('it sets a variable for the command; ENV does that');
  return words;
}

function python(args: readonly string[], variables: Variables): StartCommand {
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && !/^-[XW]$/.test(args[index - 1] ?? ''));
  const module = args.indexOf('-m');
  if (module >= 0 && module < at) {
    const [name = '', ...rest] = args.slice(module + 1);
    if (name === 'streamlit') return streamlit(rest);
    if (SERVERS.has(name)) return server(name, rest, variables);
    if (rest.length > 0) throw argumentsRefused(rest);
    return { script: { path: `${name.replaceAll('.', '/')}.py` }, ...NO_OPTIONS };
  }
  const [script, ...rest] = at < 0 ? [] : args.slice(at);
  if (script === undefined || args.slice(0, at).includes('-c')) throw new Unmapped('it starts Python without a script');
  if (rest.length > 0) throw argumentsRefused(rest);
  return { script: { path: script }, ...NO_OPTIONS };
}

const argumentsRefused = (args: readonly string[]): Unmapped => new Unmapped(`apps are started without arguments, and it gives “${args.join(' ').slice(0, 100)}”`);

/** Its options become variables, which say the same; those of its server are the platform’s. */
function streamlit([action, ...args]: readonly string[]): StartCommand {
  if (action !== 'run') throw new Unmapped(`“streamlit ${(action ?? '').slice(0, 40)}” is no app`);
  const options = new Map<string, string>();
  let script: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const [, option, joined] = /^--([a-z]+\.[A-Za-z.]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (option !== undefined) {
      const next = args[index + 1];
      const value = joined ?? (next === undefined || next.startsWith('--') || next.endsWith('.py') ? 'true' : next);
      if (joined === undefined && value === next) index++;
      options.set(option, value);
    } else if (script === undefined && !arg.startsWith('-')) script = arg;
    else throw argumentsRefused(args.slice(index).filter((each) => each !== '--'));
  }
  if (script === undefined) throw new Unmapped('it names no script');
  const own = [...options].filter(([option]) => !isOurs(option));
  return { script: { path: script }, variables: new Map(own.map(([option, value]) => [streamlitVariable(option), value])), leftOut: [...options.keys()].filter(isOurs).map((option) => `--${option}`) };
}

/** What the platform sets for every app, and what would move the app away from where visitors look for it. */
const isOurs = (option: string): boolean => Object.hasOwn(STREAMLIT_OPTIONS, option) || /^server\.(baseUrlPath|ssl\w+)$|^browser\.server/.test(option);

function server(name: string, args: readonly string[], variables: Variables): StartCommand {
  const leftOut = args.filter((arg) => arg.startsWith('-')).map((arg) => arg.replace(/=.*$/s, ''));
  const flask = name === 'flask' ? (optionOf(args, '--app') ?? optionOf(args, '-A') ?? variables.get('FLASK_APP') ?? 'app.py') : undefined;
  const asked = flask ?? args.find((arg) => MODULE.test(arg) || arg.endsWith('.py')) ?? (name === 'shiny' ? 'app.py' : undefined);
  const [, module, application] = MODULE.exec(asked ?? '') ?? [];
  if (module !== undefined && application !== undefined) {
    if (!APPLICATIONS.includes(application.split('.')[0] ?? '')) throw new Unmapped(`the application is called ${application.slice(0, 60)}, and is found here as ${APPLICATIONS.join(', ')} only`);
    return { script: { module, application }, variables: NO_OPTIONS.variables, leftOut };
  }
  if (asked === undefined) throw new Unmapped('it names no script and no application');
  return { script: { path: asked.endsWith('.py') ? asked : `${asked}.py` }, variables: NO_OPTIONS.variables, leftOut };
}

const optionOf = (args: readonly string[], name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1));
