import { compareVersions } from '@weir/domain';
import { blankStrings } from './blank-strings.ts';

/** What a script cannot do without. */
export interface NeededPython {
  /** The first Python that can read the script, such as `3.12`. */
  readonly python: string;
  readonly line: number;
}

const BUILT_IN = String.raw`(?:None|int|str|float|bool|bytes|(?:list|dict|set|tuple|type)\[[^\[\]\n]*(?:\[[^\[\]\n]*\])*[^\[\]\n]*\])`;
const UNION = new RegExp(String.raw`(?:^|[\s:(\[,])${BUILT_IN}[ \t]*\|(?!=)|[\w\])][ \t]*\|[ \t]*None\b`);
const LAZY_ANNOTATIONS = /^from[ \t]+__future__[ \t]+import[^\n]*\bannotations\b/m;

/** Lines that older Pythons refuse, newest first; of code without strings and comments. */
const LINES: readonly (readonly [python: string, pattern: RegExp])[] = [
  ['3.12', /^[ \t]*(?:type[ \t]+[A-Za-z_]\w*(?:\[[^\]]*\])?[ \t]*=[^=]|(?:async[ \t]+)?def[ \t]+\w+\[|class[ \t]+\w+\[)/],
  ['3.12', /^from[ \t]+(?:typing[ \t]+import\b.*\boverride\b|itertools[ \t]+import\b.*\bbatched\b)/],
  ['3.11', /^[ \t]*except[ \t]*\*/],
  ['3.11', /^(?:import[ \t]+tomllib\b|from[ \t]+(?:tomllib[ \t]|datetime[ \t]+import\b.*\bUTC\b|enum[ \t]+import\b.*\bStrEnum\b|typing[ \t]+import\b.*\b(?:Self|LiteralString|Never|assert_never)\b))/],
  ['3.10', /^from[ \t]+(?:typing[ \t]+import\b.*\b(?:TypeAlias|ParamSpec|TypeGuard|Concatenate)\b|itertools[ \t]+import\b.*\bpairwise\b)/],
];

/** Nobody writes longer ones, and patterns take long for them. */
const LONGEST_LINE = 2000;

/** The oldest Python that can read a script, as far as its syntax and imports show; `undefined` where any can. */
export function neededPython(source: string): NeededPython | undefined {
  const { code, newFString } = blankStrings(source);
  const lines = code.split('\n').map((line) => (line.length > LONGEST_LINE ? '' : line));
  const isLazy = LAZY_ANNOTATIONS.test(code);
  const found: NeededPython[] = newFString === undefined ? [] : [{ python: '3.12', line: source.slice(0, newFString).split('\n').length }];
  for (const [index, line] of lines.entries()) {
    const python = LINES.find(([, pattern]) => pattern.test(line))?.[0] ?? (matches(lines, index) || (!isLazy && UNION.test(line)) ? '3.10' : undefined);
    if (python !== undefined) found.push({ python, line: index + 1 });
  }
  return found.sort((a, b) => compareVersions(b.python, a.python) || a.line - b.line)[0];
}

/** Whether a `match` statement starts in this line. */
function matches(lines: readonly string[], index: number): boolean {
  if (!/^[ \t]*match\b[^=\n]*:[ \t]*$/.test(lines[index] ?? '')) return false;
  const next = lines.slice(index + 1, index + 20).find((line) => line.trim() !== '');
  return next !== undefined && /^[ \t]+case\b.*:/.test(next);
}
