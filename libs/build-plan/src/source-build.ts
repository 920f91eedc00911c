import { findLine } from './failure-facts.ts';

/** A package that uv could not build from its source, and what that build said last. */
export interface SourceBuild {
  /** With its version, such as `psycopg2==2.9.9`; {@link NAMELESS} for one that uv does not name. */
  readonly requirement: string;
  /** Without. */
  readonly name: string;
  readonly index: number;
  /** The last lines of its output that are not blank. */
  readonly ending: readonly { readonly text: string; readonly index: number }[];
  /** The error that ended it, as far as one line says so. */
  readonly cause: { readonly text: string; readonly index: number } | undefined;
}

const ENDING = 60;
/** A line that says what went wrong. */
const ERROR = /^\s*(?:[\w.]*(?:Error|Exception)(?:: .*)?|(?:error|ERROR|fatal): .*|CMake Error.*|Package '?[\w.+-]+'?,? .*not found.*|.*(?:fatal )?error: .*|.*:\d+: ERROR: .*|cause: (?!The build backend|Call to|Failed to parse).*)$/;
/** A line that only says that something else failed. */
const WRAPPER = /error: (?:[Cc]ommand |subprocess-exited)|CalledProcessError|^\s*error: Failed building|Error running configure/;

const bare = (requirement: string): string => /^[\w.-]+/.exec(requirement)?.[0] ?? requirement;

/** Of a folder of the repository that is asked for by its path, uv knows the name only once it is built. */
export const NAMELESS = 'A package of the repository';

/** The package that was being built from source when the installation failed. */
export function sourceBuild(log: readonly string[]): SourceBuild | undefined {
  const found = findLine(log, /^\W*(?:error: )?Failed to (?:download and )?build `([^`]+)`/) ?? findLine(log, /^error: The build backend returned an error$/);
  if (!found) return undefined;
  const requirement = found.match[1]?.replace(/ @ .*$/, '') ?? NAMELESS;
  const from = found.index + 1;
  const hint = log.slice(from).findIndex((line) => line.startsWith('hint:'));
  const lines = log.slice(from, hint < 0 ? log.length : from + hint).map((text, offset) => ({ text, index: from + offset })).filter(({ text }) => text.trim() !== '');
  const ending = lines.slice(-ENDING);
  return { requirement, name: bare(requirement), index: found.index, ending, cause: ending.findLast(({ text }) => ERROR.test(text) && !WRAPPER.test(text)) };
}

/** The cause as part of a sentence. */
export function causeOf({ cause, ending }: SourceBuild): string | undefined {
  if (!cause) return undefined;
  const next = ending.find(({ index }) => index > cause.index)?.text;
  const text = cause.text.trim().startsWith('CMake Error') && next !== undefined ? `CMake: ${next.trim()}` : cause.text.trim().replace(/^cause: /, '');
  return text.slice(0, 200).replace(/[.:!]+$/, '');
}
