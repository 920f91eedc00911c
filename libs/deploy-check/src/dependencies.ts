import { isWellKnown, normalName, packageFor, type Dependencies, type RepositoryTree } from '@weir/build-plan';
import { declaredIn, type Declared } from './declared.ts';
import { COMES_ALONG, IMPLICIT, OFTEN_INDIRECT, SAME } from './known-packages.ts';
import type { Import } from './report.ts';
import { type Finding, findingOf } from './rules.ts';

interface Source {
  readonly tree: RepositoryTree;
  readonly dependencies: Dependencies;
  /** Whether every script was read: one that was not may import anything. */
  readonly complete: boolean;
}

const MOST_NAMED = 6;

/** A module may be called as what every object has: `constructor`. */
const sameAs = (module: string): readonly string[] => (Object.hasOwn(SAME, module) ? (SAME[module] ?? []) : []);

/** What is imported and not declared, declared without a version, declared and not imported. Silent where it is not certain. */
export function dependencyFindings(imports: readonly Import[], { tree, dependencies, complete }: Source, lock: string | null): Finding[] {
  const declared = declaredIn(tree, dependencies);
  return [...missing(imports, declared, lock), ...unpinned(declared), ...(complete ? unused(imports, tree, declared) : [])];
}

function missing(imports: readonly Import[], declared: Declared, lock: string | null): Finding[] {
  const installed = lock === null ? undefined : new Set([...lock.matchAll(/^([\w.-]+)(?:==| @ )/gm)].map(([, name = '']) => normalName(name)));
  if (installed === undefined && !declared.complete) return [];
  const available = installed ?? new Set([...declared.names, ...COMES_ALONG]);
  const onlyFramework = [...declared.names].every((name) => name === 'streamlit');
  const findings = new Map<string, Finding>();
  for (const { module, path, line, needed } of imports) {
    const [top = module] = module.split('.');
    const name = packageFor(module);
    if (!needed || !isWellKnown(top) || isThere(available, name, top)) continue;
    if (installed === undefined && OFTEN_INDIRECT.has(top) && !onlyFramework) continue;
    if (!findings.has(name)) findings.set(name, findingOf('missing_requirement', path, line, normalName(name) === normalName(top) ? name : `${top} (package ${name})`));
  }
  return [...findings.values()];
}

const isThere = (available: ReadonlySet<string>, name: string, top: string): boolean => {
  const wanted = [normalName(name), normalName(top), ...sameAs(top)];
  return wanted.some((one) => available.has(one)) || [...available].some((one) => one.startsWith(`${normalName(top)}-`)); // a namespace of several packages
};

function unpinned({ unpinned: names }: Declared): Finding[] {
  const [first] = names;
  return first ? [findingOf('unpinned_requirement', first.path, first.line, `${list(names.map(({ name }) => name))} ${names.length === 1 ? 'is' : 'are'} declared`)] : [];
}

function unused(imports: readonly Import[], tree: RepositoryTree, { direct, listsAll }: Declared): Finding[] {
  if (direct.length === 0 || listsAll || [...tree.files.keys()].some((path) => path.endsWith('.ipynb'))) return [];
  const used = new Set(imports.flatMap(({ module }) => [packageFor(module), module.split('.')[0] ?? module, ...sameAs(module.split('.')[0] ?? '')].map(normalName)));
  const idle = direct.filter(({ name }) => isWellKnown(name) && !IMPLICIT.has(name) && !used.has(name));
  const [first] = idle;
  return first ? [findingOf('unused_requirement', first.path, first.line, list(idle.map(({ name }) => name)))] : [];
}

const list = (names: readonly string[]): string => (names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more` : names.join(', '));
