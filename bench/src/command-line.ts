import { parseArgs, type ParseArgsConfig } from 'node:util';

/** What a person typed, or its refusal: one sentence and exit code 2. */
export function commandLine<T>(read: (args: string[]) => T): T {
  try {
    return read(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

/** @throws RangeError with a sentence */
export function runsFrom(text: string, most: number): number {
  const runs = Number(text);
  if (!Number.isInteger(runs) || runs < 1 || runs > most) throw new RangeError(`--runs takes a number from 1 to ${most}.`);
  return runs;
}

const COMMON = { runs: { type: 'string' }, json: { type: 'boolean', default: false }, strict: { type: 'boolean', default: false } } as const satisfies ParseArgsConfig['options'];

export interface CommonOptions {
  readonly runs: number;
  readonly json: boolean;
  readonly strict: boolean;
}

/** The options of a benchmark that has none of its own. */
export const commonOptions = (usualRuns: number, mostRuns: number): CommonOptions =>
  commandLine((args) => {
    const { runs = String(usualRuns), json, strict } = parseArgs({ args, options: COMMON }).values;
    return { runs: runsFrom(runs, mostRuns), json, strict };
  });
