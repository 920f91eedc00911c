import { findLine } from './failure-facts.ts';
import { excludeEachOther } from './versions-exclude.ts';

/** What uv says when no set of versions fits, as one line without markers and drawing characters. */
export interface ResolverReport {
  readonly text: string;
  readonly index: number;
}

export function resolverReport(log: readonly string[]): ResolverReport | undefined {
  const start = findLine(log, /^\W*(?:error: )?No solution found when resolving/);
  if (!start) return undefined;
  const rest = log.slice(start.index + 1);
  const end = rest.findIndex((line) => /^\S/.test(line)); // blank lines stand within it too
  // Markers such as {python_full_version < '3.12'} hold spaces; versions are easier to read without them.
  const text = rest.slice(0, end < 0 ? rest.length : end).join(' ').replace(/[╰─▶│├×┬┴]+/g, ' ').replace(/\{[^}]*\}/g, '').replace(/\s+/g, ' ')
    .replace(/(^| )[\w.-]+ depends on (?!Python)/g, '$1you require '); // only the project itself has no version
  return { text, index: start.index };
}

export interface Dependency {
  /** `you`, or a package with its version. */
  readonly from: string;
  readonly name: string;
  /** Such as `pandas>=2`. */
  readonly asks: string;
}

const nameOf = (requirement: string): string => /^[\w.-]+/.exec(requirement)?.[0] ?? requirement;
const clean = (word: string): string => word.replace(/[,.;]+$/, '');

/** What the people who wrote the dependency file ask for, as far as the report says it. */
export function askedByYou({ text }: ResolverReport): string[] {
  const concluded = new Set([...text.matchAll(/conclude that you require (\S+)/g)].map(([, asks = '']) => clean(asks)));
  const asked = [...text.matchAll(/(?<!conclude that )you require (\S+)(?: and (?!you )(\S+[=<>~!]\S*))?/g)].flatMap((match) => match.slice(1)).filter((asks) => asks !== undefined).map(clean);
  return [...new Set(asked)].filter((asks) => !concluded.has(asks));
}

/** Of one package; a report that says more was not written by uv. */
const MOST_DEMANDS = 50;

/** The two demands that no version can meet both, where the report names them: people's own before others', its conclusions before its steps. */
export function clash(report: ResolverReport): { first: Dependency; second: Dependency } | undefined {
  const depends = [...report.text.matchAll(/(\S+) depends on (\S+)/g)].map(([, from = '', asks = '']): Dependency => ({ from, name: nameOf(asks), asks: clean(asks) })).filter(({ name }) => name !== 'Python');
  // No package excludes itself: what stands beside its own demand then is a line of a constraints file.
  const held = [...report.text.matchAll(/(\S+) depends on (\S+) and ([\w.-]+(?:\[[^\]]*\])?[=<>~!]\S*)/g)].map(([, from = '', asks = '', other = '']) => ({ first: { from, name: nameOf(asks), asks: clean(asks) }, second: { from: 'you', name: nameOf(other), asks: clean(other) } }))
    .find(({ first, second }) => first.name === second.name && excludeEachOther(first.asks, second.asks));
  if (held) return held;
  const all = [...depends.toReversed(), ...askedByYou(report).map((asks): Dependency => ({ from: 'you', name: nameOf(asks), asks }))];
  const pairs = [...Map.groupBy(all, ({ name }) => name).values()].flatMap((same) => same.slice(0, MOST_DEMANDS).flatMap((first, index) => same.slice(index + 1, MOST_DEMANDS).map((second) => ({ first, second })))).filter(({ first, second }) => excludeEachOther(first.asks, second.asks));
  const byYou = ({ first, second }: { first: Dependency; second: Dependency }): number => [first, second].filter(({ from }) => from === 'you').length;
  return pairs.sort((a, b) => byYou(b) - byYou(a))[0];
}
