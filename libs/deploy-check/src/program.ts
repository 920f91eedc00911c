import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PATH = 'libs/deploy-check/files/deploy_check.py';
/** Runs the first bytes of what it reads; the program reads the rest. So no image has to hold the program. */
const START = 'import sys; exec(compile(sys.stdin.buffer.read(int(sys.argv[1])), "deploy_check.py", "exec"))';

/** The program of the check. Looked for upwards, as a bundle runs from its own `dist`. */
function readProgram(): Buffer {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, PATH);
    if (existsSync(path)) return readFileSync(path);
    if (dirname(folder) === folder) throw new Error(`${PATH} is not there, seen from ${import.meta.dirname}`);
  }
}

let program: Buffer | undefined;

/** How to start the program with this order, after `python3`: isolated, so that nothing beside it is imported. */
export function startOf(order: Buffer): { argv: readonly string[]; stdin: Buffer } {
  program ??= readProgram();
  return { argv: ['-I', '-c', START, String(program.length)], stdin: Buffer.concat([program, order]) };
}
