import { askedDependencies, normalName, partsOf, requirementLines, type Dependencies, type RepositoryTree } from '@weir/build-plan';

interface DirectDependency {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** One version and no other. */
  readonly exact: boolean;
  /** Any version at all. */
  readonly open: boolean;
}

/** What an app's dependency file says, with its lines. */
export interface Declared {
  /** Normalised names, the indirect ones too where a lock has them. */
  readonly names: ReadonlySet<string>;
  readonly direct: readonly DirectDependency[];
  readonly unpinned: readonly DirectDependency[];
  /** A program wrote the list, with what the direct dependencies bring along. */
  readonly listsAll: boolean;
  /** Whether the names are all that is asked for by name. */
  readonly complete: boolean;
}

/** As many exact versions are the output of `pip freeze`; some of its lines are changed later, by people and by tools that look for weaknesses. */
const FREEZE = 20;
const MOST_OF_THEM = 0.75;

const NOTHING: Declared = { names: new Set(), direct: [], unpinned: [], listsAll: false, complete: true };

export function declaredIn(tree: RepositoryTree, dependencies: Dependencies): Declared {
  if (dependencies.kind === 'none') return NOTHING;
  const text = tree.files.get(dependencies.path)?.text ?? '';
  if (dependencies.kind === 'uv-lock') return { ...NOTHING, names: new Set([...text.matchAll(/^name = "([^"]+)"/gm)].map(([, name = '']) => normalName(name))) };
  if (dependencies.kind === 'requirements') return requirementsIn(dependencies.path, text);
  return projectIn(tree, dependencies) ?? { ...NOTHING, complete: false };
}

/** What a `pyproject.toml`, `Pipfile` or `environment.yml` asks for. */
function projectIn(tree: RepositoryTree, dependencies: Exclude<Dependencies, { readonly kind: 'none' }>): Declared | null {
  const found = askedDependencies(tree, dependencies);
  if (found === null) return null;
  const { asked, locked, complete } = found;
  const direct = asked.map(({ name, versions, line }) => ({ name: normalName(name), path: dependencies.path, line, exact: versions.startsWith('=='), open: !/[=~<>]/.test(versions) }));
  return { names: new Set(direct.map(({ name }) => name)), direct, unpinned: complete && !locked ? direct.filter(({ open }) => open) : [], listsAll: isFrozen(direct), complete: false };
}

const isFrozen = (direct: readonly DirectDependency[]): boolean => direct.length >= FREEZE && direct.filter(({ exact }) => exact).length >= MOST_OF_THEM * direct.length;

/** One file alone: where it includes others, the names are not all there are. */
function requirementsIn(path: string, text: string): Declared {
  const direct: DirectDependency[] = [];
  let complete = true;
  for (const { number, text: body } of requirementLines(text)) {
    for (const { line } of partsOf(body).parts) {
      if (line.kind === 'package') direct.push({ name: line.name, path, line: number, exact: line.text.includes('=='), open: !/[=~<>]/.test(line.versions) });
      else if (line.kind !== 'blank' && line.kind !== 'option') complete = false;
    }
  }
  const listsAll = /^\s*# via\b/m.test(text) || isFrozen(direct);
  return { names: new Set(direct.map(({ name }) => name)), direct, unpinned: complete ? direct.filter(({ open }) => open) : [], listsAll, complete };
}
