import { findLine } from './failure-facts.ts';

/** What uv says when no set of versions fits, as one line without markers and drawing characters. */
export interface ResolverReport {
  readonly text: string;
  readonly index: number;
}

export function resolverReport(log: readonly string[]): ResolverReport | undefined {
  const start = findLine(log, /No solution found when resolving/);
  if (!start) return undefined;
  const rest = log.slice(start.index + 1);
  const end = rest.findIndex((line) => line.trim() === '');
  // Markers such as {python_full_version < '3.12'} hold spaces; versions are easier to read without them.
  const text = rest.slice(0, end < 0 ? rest.length : end).join(' ').replace(/[╰─▶│├×┬┴]+/g, ' ').replace(/\{[^}]*\}/g, '').replace(/\s+/g, ' ');
  return { text, index: start.index };
}

export interface Dependency {
  readonly from: string;
  readonly name: string;
  /** Such as `pandas>=2`. */
  readonly asks: string;
}

const nameOf = (requirement: string): string => /^[\w.-]+/.exec(requirement)?.[0] ?? requirement;
const clean = (word: string): string => word.replace(/[,.;]+$/, '');

/** The two demands that cannot both be met, where the report names them. */
export function clash({ text }: ResolverReport): { first: Dependency; second: Dependency } | undefined {
  const depends = [...text.matchAll(/(\S+) depends on (\S+)/g)].map(([, from = '', asks = '']): Dependency => ({ from, name: nameOf(asks), asks: clean(asks) })).filter(({ name }) => name !== 'Python');
  const requires = [...text.matchAll(/you require (\S+)(?: and (?!you )(\S+[=<>~!]\S*))?/g)].flatMap((match) => match.slice(1)).filter((asks) => asks !== undefined).map((asks): Dependency => ({ from: 'you', name: nameOf(asks), asks: clean(asks) }));
  const concluded = new Set([...text.matchAll(/conclude that you require (\S+)/g)].map(([, asks = '']) => clean(asks)));
  const asked = requires.filter(({ asks }) => !concluded.has(asks) || !depends.some((dependency) => dependency.asks === asks));
  const all = [...depends, ...asked];
  for (const [index, first] of all.entries()) {
    const second = all.slice(index + 1).find(({ name, asks, from }) => name === first.name && asks !== first.asks && (from !== first.from || from === 'you'));
    if (second) return { first, second };
  }
  return undefined;
}
