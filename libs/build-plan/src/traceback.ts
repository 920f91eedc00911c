import { firstOfGroup, isGroup } from './exception-group.ts';

interface Frame {
  readonly file: string;
  /** That line itself, as far as the log has it. */
  readonly source: string;
  readonly line: number;
  readonly index: number;
  /** A library imported this file, which is not how an app's own files are run: it took it for a module of that name. */
  readonly importedByLibrary: boolean;
}

/** The end of a Python traceback. */
export interface Traceback {
  /** Such as `ModuleNotFoundError`, without its module. */
  readonly type: string;
  readonly message: string;
  /** The innermost frame in the app's own code. */
  readonly frame: Frame | null;
  /** Index of the line that names the error. */
  readonly end: number;
}

/** Whether a traceback starts with this line. */
export const startsTraceback = (line: string): boolean => /^Traceback \(most recent call last\)|^╭.*Traceback/.test(line) || isGroup(line);

const FRAME = /^\s*File "([^"]+)", line (\d+)(?:, in (.+))?/;
const RICH_FRAME = /^│ (\/\S+\.py):(\d+) in /;
const ERROR = /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)(?:: (.*))?$/;
const LIBRARY = /site-packages|dist-packages|\/lib\/python3|^<|\/opt\/weir\/|\/streamlit\/|\.pyx$|\.pxi$/;

/** A folder of the app may have a library's name. */
const OWN = /^\/(?:app|opt\/weir\/source)\/(?!.*(?:site|dist)-packages)/;
const isLibrary = (file: string): boolean => !OWN.test(file) && LIBRARY.test(file);

/** What runs an app's script as a module, and is no import. */
const RUNS_SCRIPTS = /scriptrunner|\/streamlit\/|\/opt\/weir\/|^<|runpy\.py$|importlib/;

const MOST_LINES = 400;

/** The path as the author knows it: from the repository's root. */
const fromRoot = (file: string): string => file.replace(/^\/(?:app|opt\/weir\/source)\//, '');

/**
 * Reads the traceback that starts at `from`. Of chained exceptions the last counts:
 * it is the one that reached the top.
 */
export function readTraceback(log: readonly string[], from: number): Traceback | undefined {
  const told = firstOfGroup(log.slice(from, from + MOST_LINES));
  let frame: Traceback['frame'] = null;
  let found: Traceback | undefined;
  let indented = false;
  let caller = '';
  for (const [offset, line] of told.entries()) {
    const index = from + offset;
    if (startsTraceback(line)) {
      frame = null;
      found = undefined;
      indented = true;
      continue;
    }
    const at = FRAME.exec(line) ?? RICH_FRAME.exec(line);
    if (at) {
      indented = true;
      const file = at[1] ?? '';
      if (!isLibrary(file)) frame = { file: fromRoot(file), source: (told[offset + 1] ?? '').trim(), line: Number(at[2]), index, importedByLibrary: at[3] === '<module>' && isLibrary(caller) && !RUNS_SCRIPTS.test(caller) };
      caller = file;
      continue;
    }
    if (/^(During handling of|The above exception was)/.test(line) || line.trim() === '' || /^[\s│╰╭]/.test(line)) continue;
    const error = indented && found === undefined ? ERROR.exec(line) : null;
    if (error) found = { type: (error[1] ?? '').split('.').at(-1) ?? '', message: error[2] ?? '', frame, end: index };
    else if (found) break;
  }
  return found;
}

/** Where, for a sentence: `app.py line 3`, or nothing. */
export const placeOf = ({ frame }: Traceback): string | null => (frame ? `${frame.file} line ${frame.line}` : null);
