import type { Warning } from '@weir/domain';
import { excerptAt, oneEnd, plainLine } from './excerpt.ts';
import { explainException } from './explain-exception.ts';
import { readTraceback, type Traceback } from './traceback.ts';

/** How Streamlit announces that a script raised; older releases say “exception”. */
const ANNOUNCED = /Uncaught app (?:exception|execution)|Script compilation error/;
/** Releases before 1.9 write the traceback alone, behind the time; one that the app caught and wrote itself does not start where scripts are run. */
const BARE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S* Traceback \(most recent call last\):/;
const RUNS_SCRIPT = /^\s*File "[^"]*\/streamlit\/(?:\w+\/)*(?:script_runner|ScriptRunner)\.py"/;
/** A session that is cut off when the process is asked to stop; no fault of the app. */
const SHUTDOWN = /cannot schedule new futures after (?:interpreter )?shutdown/;
const MAX_WARNINGS = 20;

/**
 * The exceptions that the running script raised, each kind and place once, in the order seen.
 * Tracebacks that the app merely printed are its own business.
 */
export function explainAppLog(lines: readonly string[]): Warning[] {
  const log = lines.map(plainLine);
  const seen = new Map<string, Warning>();
  for (const [index, line] of log.entries()) {
    if (!ANNOUNCED.test(line) && !(BARE.test(line) && RUNS_SCRIPT.test(log[index + 1] ?? ''))) continue;
    const traceback = readTraceback(log, index + 1);
    if (!traceback || SHUTDOWN.test(traceback.message)) continue;
    const { code, message, hint } = explainException(traceback);
    if (!seen.has(message) && seen.size < MAX_WARNINGS) seen.set(message, { code, message: oneEnd(hint === null ? message : `${message} ${hint}`), excerpt: excerptOf(log, index, traceback) });
  }
  return [...seen.values()];
}

/** The whole traceback where it is short, else the app's own frame and the end. */
function excerptOf(log: readonly string[], start: number, { end, frame }: Traceback): string {
  const all = log.slice(start, end + 1);
  if (all.length <= 30) return excerptAt(all, 0, 0, 30);
  const own = frame ? log.slice(frame.index, frame.index + 3) : [];
  return excerptAt([...all.slice(0, 2), '  …', ...own, '  …', ...log.slice(Math.max(end - 12, (frame?.index ?? start) + 3), end + 1)], 0, 0, 40);
}
