import { pipInstall, projectInstall } from './install-command.ts';
import { imagePath } from './placed-files.ts';
import { known, type Stage } from './stage.ts';
import { Unmapped } from './unmapped.ts';
import { commandsIn } from './words.ts';

/** Programs that change nothing an app would see: the platform has an owner, modes and a shell of its own. */
const WITHOUT_EFFECT = new Set(['true', ':', 'set', 'echo', 'useradd', 'adduser', 'groupadd', 'addgroup', 'usermod', 'chown', 'chmod', 'chgrp', 'export', 'ls', 'pwd', 'whoami', 'which', 'id', 'ldconfig']);
const CLEANED = /^(\/var\/(lib\/apt|cache|log)|\/tmp|\/root\/\.cache|~\/\.cache|\$HOME\/\.cache|\/usr\/share\/(doc|man)|\/usr\/local\/share)(\/|$)/;
const APT_VALUED = new Set(['-o', '--option', '-t', '--target-release', '--default-release', '-c', '--config-file']);

/** Does what a line of RUN would, as far as it is known to install something. @throws Unmapped */
export function runCommands(stage: Stage, text: string, line: number): void {
  for (const words of commandsIn(text, known(stage))) runCommand(stage, words, line);
}

function runCommand(stage: Stage, given: readonly string[], line: number): void {
  const [program = '', ...args] = unwrapped(given);
  const name = program.replace(/^.*\//, '');
  const first = args.find((arg) => !arg.startsWith('-')) ?? '';
  if (name === 'sh' || name === 'bash' || name === 'ash') return shell(stage, args, line);
  if (/^(apt|apt-get)$/.test(name)) return apt(stage, args, line);
  if (name === 'apk') throw new Unmapped('it installs packages of Alpine, and here they are Debian’s');
  if (/^pip[\d.]*$/.test(name) && ['install', 'cache', 'config', 'check', 'list', 'freeze'].includes(first)) return first === 'install' ? pipInstall(stage, afterWord(args, 'install')) : undefined;
  if (name === 'uv') return uv(stage, args);
  if (name === 'poetry' && ['install', 'config', 'check', 'lock'].includes(first)) return first === 'install' ? projectInstall(stage, 'poetry') : undefined;
  if (name === 'pipenv' && ['install', 'sync'].includes(first)) return projectInstall(stage, 'pipenv');
  if (name === 'mkdir') return makeFolders(stage, args);
  if (name === 'rm' && args.every((arg) => arg.startsWith('-') || CLEANED.test(arg))) return;
  if (WITHOUT_EFFECT.has(name) || (args.length === 1 && /^(-V|--version)$/.test(args[0] ?? ''))) return;
  throw new Unmapped(`nothing is run in a build but what installs packages, and ${program.slice(0, 60)} is something else`);
}

/** Without what stands in front of a program. */
function unwrapped(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word) && word !== 'sudo' && word !== 'exec');
  const rest = start < 0 ? [] : words.slice(start);
  const [program = '', option, module] = rest;
  return /^(.*\/)?python[\d.]*$/.test(program) && option === '-m' && /^(pip|uv|poetry|pipenv)$/.test(module ?? '') ? rest.slice(2) : start < 0 ? ['true'] : rest;
}

const afterWord = (args: readonly string[], word: string): readonly string[] => args.filter((_, index) => index !== args.indexOf(word));

function shell(stage: Stage, args: readonly string[], line: number): void {
  const script = args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
  if (script < 0) throw new Unmapped('it runs a script');
  runCommands(stage, args[script + 1] ?? '', line);
}

function apt(stage: Stage, args: readonly string[], line: number): void {
  const words = args.filter((arg, index) => !arg.startsWith('-') && !APT_VALUED.has(args[index - 1] ?? ''));
  const [action = '', ...names] = words;
  if (['update', 'clean', 'autoclean', 'autoremove', 'upgrade', 'dist-upgrade', 'remove', 'purge'].includes(action)) return;
  if (action !== 'install') throw new Unmapped(`apt’s “${action.slice(0, 40)}” is not done here`);
  stage.packages.push(...names.map((text) => ({ text, line })));
}

function uv(stage: Stage, args: readonly string[]): void {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  if (first === 'sync') return projectInstall(stage, 'uv');
  if (first === 'pip' && second === 'install') return pipInstall(stage, afterWord(afterWord(args, 'pip'), 'install'));
  if (first === 'pip' && second === 'sync') return pipInstall(stage, afterWord(afterWord(args, 'pip'), 'sync').map((arg) => (arg.startsWith('-') ? arg : `-r${arg}`)));
  if (!['venv', 'cache', 'python', 'lock'].includes(first ?? '')) throw new Unmapped(`“uv ${(first ?? '').slice(0, 40)}” is not done here`);
}

/** Folders that are there anyway may be made. */
function makeFolders(stage: Stage, args: readonly string[]): void {
  const { text: workdir } = stage.workdir;
  for (const path of args.filter((arg) => !arg.startsWith('-'))) {
    const folder = imagePath(workdir, path);
    const isThere = folder === '/' || workdir === folder || workdir.startsWith(`${folder}/`) || /^\/(tmp$|home\b)/.test(folder) || stage.files.at(folder) !== undefined;
    if (!isThere) throw new Unmapped(`an app has its repository’s folders only, and ${folder.slice(0, 200)} is none; commit it`);
  }
}
