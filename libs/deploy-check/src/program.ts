import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FILES = 'libs/deploy-check/files';
const PACKAGE = 'deploy_check';
/** Runs the first bytes of what it reads; the program reads the rest. So no image has to hold the program. */
const START = 'import sys; exec(compile(sys.stdin.buffer.read(int(sys.argv[1])), "start.py", "exec"))';

/** The program of the check: its modules, and what runs them from memory. */
function readProgram(): Buffer {
  const folder = join(findFiles(), PACKAGE);
  const modules = readdirSync(folder).filter((name) => name.endsWith('.py'));
  const sources = Object.fromEntries(modules.map((name) => [moduleName(name), readFileSync(join(folder, name), 'utf8')]));
  // A JSON object of strings is a Python dictionary too.
  return Buffer.from(`${readFileSync(join(findFiles(), 'start.py'), 'utf8')}\nrun(${JSON.stringify(sources)})\n`);
}

const moduleName = (file: string): string => (file === '__init__.py' ? PACKAGE : `${PACKAGE}.${file.slice(0, -'.py'.length)}`);

/** Looked for upwards, as a bundle runs from its own `dist`. */
function findFiles(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, FILES))) return join(folder, FILES);
    if (dirname(folder) === folder) throw new Error(`${FILES} is not there, seen from ${import.meta.dirname}`);
  }
}

let program: Buffer | undefined;

/** How to start the program with this order, after `python3`: isolated, so that nothing beside it is imported. */
export function startOf(order: Buffer): { argv: readonly string[]; stdin: Buffer } {
  program ??= readProgram();
  return { argv: ['-I', '-c', START, String(program.length)], stdin: Buffer.concat([program, order]) };
}
