import { asPattern } from './as-pattern.ts';
import { type FailureFacts, findLine } from './failure-facts.ts';
import type { BuildPlan } from './plan.ts';
import { normalName, readRequirement } from './requirement-line.ts';
import { requirementLines } from './requirements.ts';
import { resolverReport } from './resolver-report.ts';
import { NAMELESS } from './source-build.ts';

interface Place {
  readonly place: string;
  /** What that line asks for, without blanks and markers. */
  readonly text: string;
}

const bare = (requirement: string): string => /^[\w.-]+?(?=[=<>!~,[;(]|$)/.exec(requirement.trim())?.[0] ?? requirement;
const comparable = (text: string): string => {
  const asked = text.replace(/;.*$/, '').replace(/\s/g, '');
  return `${normalName(bare(asked))}${asked.slice(bare(asked).length)}`;
};

/** Where people wrote this requirement down, such as `requirements.txt line 3`. Of several lines of one package, the one that says the same. */
export function lineOf(plan: BuildPlan | null, requirement: string): string | undefined {
  const wanted = normalName(bare(requirement));
  const places = (plan?.environmentInputs ?? []).flatMap(([path, text]) => (path.endsWith('.txt') ? inRequirements(path, text, wanted) : /(\.toml|\.ya?ml|(^|\/)Pipfile)$/.test(path) ? inProject(path, text, wanted) : []));
  return (places.find(({ text }) => text === comparable(requirement)) ?? places[0])?.place;
}

/** The line, or the dependency file alone. */
export const whereIs = (plan: BuildPlan | null, requirement: string): string => lineOf(plan, requirement) ?? fileOf(plan);

/** Whether it is of a package that the platform adds to what the repository asks for. */
export const isAdded = (plan: BuildPlan | null, requirement: string): boolean => plan?.added.some((each) => normalName(bare(each)) === normalName(bare(requirement))) ?? false;

/** Who asks for it: a line, the platform where it adds it, or the dependency file. */
export const askerOf = (plan: BuildPlan | null, requirement: string): string => lineOf(plan, requirement) ?? (isAdded(plan, requirement) ? 'the platform itself' : fileOf(plan));

/** The package that people asked for and that brought this one, as uv tells it. */
function broughtBy(log: readonly string[], name: string): string | undefined {
  const hint = findLine(log, new RegExp(String.raw`^hint: \`${asPattern(name)}\`.* was included because \`([^\`]+)\` \(v([^)]+)\) depends on `, 'i'))?.match;
  if (hint) return `${hint[1]}==${hint[2]}`;
  return new RegExp(String.raw`(?:^| )([\w.-]+==[^\s,]+) depends on ${asPattern(name)}(?![\w.-]*[\w-])`, 'i').exec(resolverReport(log)?.text ?? '')?.[1];
}

/** Where a package that fails comes from: its line, or that of the package that needs it. */
export function originOf({ plan, log }: Pick<FailureFacts, 'plan' | 'log'>, requirement: string): { readonly place: string; readonly asked: string } {
  const parent = lineOf(plan, requirement) === undefined ? broughtBy(log, bare(requirement)) : undefined;
  return parent === undefined ? { place: whereIs(plan, requirement), asked: requirement === NAMELESS ? 'it' : bare(requirement) } : { place: `needed by ${parent}, ${whereIs(plan, parent)}`, asked: bare(parent) };
}

/** The dependency file's path, for sentences. */
export const fileOf = (plan: BuildPlan | null): string => (plan && plan.dependencies.kind !== 'none' ? plan.dependencies.path : 'the dependency file');

function inRequirements(path: string, text: string, wanted: string): Place[] {
  return requirementLines(text).flatMap(({ number, text: body }) => {
    const line = readRequirement(body);
    return (line.kind === 'package' || line.kind === 'link') && line.name !== null && normalName(line.name) === wanted ? [{ place: `${path} line ${number}`, text: comparable(body) }] : [];
  });
}

/** A quoted requirement, a key of a table, or an item of a list. */
const ASKED = /["']([A-Za-z0-9][\w.-]*[^"']*)["']|^\s*([A-Za-z0-9][\w.-]*)\s*=|^\s*-\s+([A-Za-z0-9][^#]*)/g;

/** Nobody writes longer ones, and patterns take long for them. */
const LONGEST_LINE = 2000;

/** Keys of a project whose words may be those of packages, and ask for none. */
const ABOUT = /^\s*(?:name|description|keywords|classifiers|authors|maintainers|readme|license|include|exclude|packages|py-modules)\s*=\s*(.*)$/;

function askedIn(text: string, wanted: string): { readonly line: number; readonly asked: string }[] {
  let about = false;
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    const value = line.length > LONGEST_LINE ? undefined : ABOUT.exec(line)?.[1];
    const skipped = about || value !== undefined || line.length > LONGEST_LINE;
    about = value === undefined ? about && !line.trimEnd().endsWith(']') : value.startsWith('[') && !value.trimEnd().endsWith(']');
    return skipped ? [] : [...line.replace(/^\s*#.*$/, '').matchAll(ASKED)].flatMap((match) => {
      const asked = match.slice(1).find((part) => part !== undefined) ?? '';
      return normalName(bare(asked.replace(/\s/g, ''))) === wanted ? [{ line: index + 1, asked }] : [];
    });
  });
}

const inProject = (path: string, text: string, wanted: string): Place[] => askedIn(text, wanted).map(({ line, asked }) => ({ place: `${path} line ${line}`, text: comparable(asked) }));

/** The first line of a project file that asks for a package of this name. */
export const lineIn = (text: string, name: string): number | undefined => askedIn(text, normalName(name))[0]?.line;
