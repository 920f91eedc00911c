import { parse } from 'smol-toml';
import { PlanFailure } from './plan-failure.ts';
import { readRequirement } from './requirement-line.ts';

type Table = Record<string, unknown>;

/** What planning needs of a `pyproject.toml` (PEP 621). */
export interface Pyproject {
  readonly name: string | null;
  /** Normalised names of direct dependencies. */
  readonly names: ReadonlySet<string>;
  readonly requiresPython: string | null;
  /** It can be built and installed: it has a build system, and did not say that it is no package. */
  readonly isPackage: boolean;
  readonly dynamicDependencies: boolean;
}

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && !Array.isArray(value);
const tableIn = (table: Table | undefined, key: string): Table | undefined => (isTable(table?.[key]) ? table[key] : undefined);

/** Reads a `pyproject.toml`, or throws {@link PlanFailure} with the line that is no TOML. */
export function readPyproject(path: string, text: string | undefined): Pyproject {
  const root = parsed(path, text);
  const project = tableIn(root, 'project');
  const list = Array.isArray(project?.['dependencies']) ? project['dependencies'].filter((item) => typeof item === 'string') : [];
  const names = list.map(readRequirement).flatMap((line) => (line.kind === 'package' || line.kind === 'link') && line.name !== null ? [line.name] : []);
  const uv = tableIn(tableIn(root, 'tool'), 'uv');
  const requires = project?.['requires-python'];
  const dynamic = project?.['dynamic'];
  return {
    name: typeof project?.['name'] === 'string' ? project['name'] : null,
    names: new Set(names),
    requiresPython: typeof requires === 'string' ? requires : null,
    isPackage: uv?.['package'] === true || (isTable(root['build-system']) && uv?.['package'] !== false),
    dynamicDependencies: Array.isArray(dynamic) && dynamic.includes('dependencies'),
  };
}

/** Whether dependencies can come from it. One that only configures tools is passed over; Poetry's own table is not supported. */
export function pyprojectUse(path: string, text: string | undefined): { kind: 'usable' | 'useless' | 'unsupported'; why: string } {
  const root = parsed(path, text);
  const project = tableIn(root, 'project');
  if (project && ('dependencies' in project || readPyproject(path, text).dynamicDependencies)) return { kind: 'usable', why: '' };
  if (tableIn(tableIn(tableIn(root, 'tool'), 'poetry'), 'dependencies')) return { kind: 'unsupported', why: 'its dependencies are in the form of Poetry 1' };
  return { kind: 'useless', why: 'it names no dependencies' };
}

function parsed(path: string, text: string | undefined): Table {
  if (text === undefined) throw new PlanFailure('plan.requirements_unreadable', `${path} is not a text file.`, 'Save it as plain UTF-8 text.');
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new PlanFailure('plan.requirements_unreadable', `${path} is not valid TOML.`, 'Correct the line shown, or check the file with “python -m tomllib”.', detail);
  }
}
