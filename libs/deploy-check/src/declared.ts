import { normalName, readRequirement, requirementLines, type Dependencies, type RepositoryTree } from '@weir/build-plan';

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
  /** Whether the names are all that is asked for by name. */
  readonly complete: boolean;
}

const NOTHING: Declared = { names: new Set(), direct: [], unpinned: [], complete: true };

export function declaredIn(tree: RepositoryTree, dependencies: Dependencies): Declared {
  if (dependencies.kind === 'none') return NOTHING;
  const text = tree.files.get(dependencies.path)?.text ?? '';
  if (dependencies.kind === 'uv-lock') return { ...NOTHING, names: new Set([...text.matchAll(/^name = "([^"]+)"/gm)].map(([, name = '']) => normalName(name))) };
  if (dependencies.kind !== 'requirements') return { ...NOTHING, complete: false };
  return requirementsIn(dependencies.path, text);
}

/** One file alone: where it includes others, the names are not all there are. */
function requirementsIn(path: string, text: string): Declared {
  const direct: DirectDependency[] = [];
  let complete = true;
  for (const { number, text: body } of requirementLines(text)) {
    const line = readRequirement(body);
    if (line.kind === 'package') direct.push({ name: line.name, path, line: number, exact: line.text.includes('=='), open: !/[=~<>]/.test(line.versions) });
    else if (line.kind !== 'blank' && line.kind !== 'option') complete = false;
  }
  return { names: new Set(direct.map(({ name }) => name)), direct, unpinned: complete ? direct.filter(({ open }) => open) : [], complete };
}
