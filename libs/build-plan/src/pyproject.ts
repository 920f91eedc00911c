import { readRequirement } from './requirement-line.ts';
import { isTable, readToml, type Table, tableIn, textIn, textsIn } from './toml.ts';

/** What planning needs of a `pyproject.toml`. */
export interface Pyproject {
  readonly name: string | null;
  readonly requiresPython: string | null;
  /** `[project] dependencies` (PEP 621); `null` where it has none. */
  readonly dependencies: readonly string[] | null;
  /** Requirements files that the project's dependencies are read from, by setuptools or hatch. */
  readonly dependencyFiles: readonly string[];
  /** Its dependencies are computed when it is built. */
  readonly computesDependencies: boolean;
  /** `[project.optional-dependencies]` and `[dependency-groups]`, by name; of the latter only what is no include. */
  readonly extras: ReadonlyMap<string, readonly string[]>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** `[tool.poetry.dependencies]` is there. */
  readonly isPoetry: boolean;
  /** It has a `[project]`. */
  readonly hasTable: boolean;
  /** It has what standards demand of a `[project]`: installers refuse one without. */
  readonly isComplete: boolean;
  /** It can be built and installed: it has a build system, and did not say that it is no package. */
  readonly isPackage: boolean;
  /** `[tool.uv.sources]` names a folder or file of the repository, which is installed as a copy. */
  readonly copiesSource: boolean;
}

/** Reads a `pyproject.toml`, or throws {@link PlanFailure} with the line that is no TOML. */
export function readPyproject(path: string, text: string | undefined): Pyproject {
  const root = readToml(path, text);
  const project = tableIn(root, 'project');
  const poetry = tableIn(root, 'tool', 'poetry');
  const dynamic = textsIn(project, 'dynamic');
  const files = dynamic.includes('dependencies') ? dynamicFiles(root) : [];
  const notPackage = tableIn(root, 'tool', 'uv')?.['package'] === false || poetry?.['package-mode'] === false;
  return {
    name: textIn(project, 'name') ?? textIn(poetry, 'name'),
    requiresPython: textIn(project, 'requires-python'),
    dependencies: project && Array.isArray(project['dependencies']) ? textsIn(project, 'dependencies') : null,
    dependencyFiles: files,
    computesDependencies: dynamic.includes('dependencies') && files.length === 0,
    extras: listsIn(tableIn(project, 'optional-dependencies')),
    groups: listsIn(tableIn(root, 'dependency-groups')),
    isPoetry: tableIn(poetry, 'dependencies') !== undefined,
    hasTable: project !== undefined,
    isComplete: project !== undefined && textIn(project, 'name') !== null && (textIn(project, 'version') !== null || dynamic.includes('version')),
    copiesSource: Object.values(tableIn(root, 'tool', 'uv', 'sources') ?? {}).some((source) => isTable(source) && typeof source['path'] === 'string' && source['editable'] !== true),
    isPackage: tableIn(root, 'tool', 'uv')?.['package'] === true || (isTable(root['build-system']) && !notPackage),
  };
}

const listsIn = (table: Table | undefined): Map<string, string[]> => new Map(Object.keys(table ?? {}).map((name) => [name, textsIn(table, name)]));

function dynamicFiles(root: Table): string[] {
  const setuptools = tableIn(root, 'tool', 'setuptools', 'dynamic', 'dependencies');
  const file = textIn(setuptools, 'file');
  const hatch = tableIn(root, 'tool', 'hatch', 'metadata', 'hooks', 'requirements_txt');
  return [...(file === null ? textsIn(setuptools, 'file') : [file]), ...textsIn(hatch, 'files'), ...(textIn(hatch, 'filename') === null ? [] : [textIn(hatch, 'filename')!])];
}

/** Direct dependencies by normalised names, with the versions they may have. */
export const versionsOf = (requirements: readonly string[]): Map<string, string> =>
  new Map(requirements.map(readRequirement).flatMap((line) => {
    if (line.kind === 'package') return [[line.name, line.versions] as const];
    return line.kind === 'link' && line.name !== null ? [[line.name, `@ ${line.url}`] as const] : [];
  }));

/** Whether dependencies can come from it. One that only configures tools is passed over. */
export function namesDependencies({ dependencies, dependencyFiles, computesDependencies, groups, isPoetry }: Pyproject): boolean {
  return dependencies !== null || dependencyFiles.length > 0 || computesDependencies || isPoetry || appGroups(groups).length > 0;
}

/** Groups of tools that people work with: no app needs them. */
const TOOLS = /^(dev|develop|development|tests?|testing|lint|linting|docs?|documentation|typing|types|format|ci|build|release|notebooks?)$/i;

/** Where all dependencies are in groups, those that are not a developer's tools. */
export const appGroups = (groups: ReadonlyMap<string, readonly string[]>): string[] => [...groups.keys()].filter((name) => !TOOLS.test(name));
