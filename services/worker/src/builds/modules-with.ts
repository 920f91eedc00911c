import { outputOf } from '../sandbox/output-of.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { BuildLog } from './build-log.ts';

const LIMIT_MS = 60_000;
const MAX_BYTES = 900_000;

/** Paths of an environment's modules that have a line such as this, from its folder. None of them is run. */
export async function modulesWith(pattern: string, { sandbox, folder, log }: { sandbox: Sandbox; folder: string; log: BuildLog }): Promise<string[]> {
  const { code, text } = await outputOf(sandbox, { argv: ['grep', '-rlE', '-m1', '--include=*.py', pattern, 'lib'], cwd: folder, limitMs: LIMIT_MS, maxOutputBytes: MAX_BYTES });
  if (code > 1) log.say('Not all of the installed packages could be looked through.');
  return text.split('\n').filter((line) => line !== '');
}
