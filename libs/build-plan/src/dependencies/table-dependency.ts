import { PlanFailure } from '../plan-failure.ts';
import { resolveIn } from '../repository-tree.ts';
import { isTable, type Table, textIn, textsIn } from '../toml.ts';
import { pythonMarker } from './poetry-versions.ts';

/** The file that a dependency stands in. */
export interface TableFile {
  readonly path: string;
  readonly dir: string;
  /** Its way to write versions, as PEP 440. */
  readonly versions: (written: string) => string;
}

/** Keys whose value is the rest of a marker: `sys_platform = "== 'win32'"`. */
const MARKERS = ['sys_platform', 'os_name', 'platform_machine', 'platform_system', 'platform_python_implementation', 'implementation_name', 'python_version', 'python_full_version'];

/** One dependency as Pipfile, Pipfile.lock and Poetry write it, as a line of a requirements file. */
export function lineOf(name: string, value: unknown, file: TableFile): string {
  const table: Table = isTable(value) ? value : { version: value };
  const marker = markerOf(table);
  return `${placeOf(name, table, file)}${marker === '' ? '' : ` ; ${marker}`}${textsIn(table, 'hashes').map((hash) => ` --hash=${hash}`).join('')}`;
}

function placeOf(name: string, table: Table, file: TableFile): string {
  const extras = textsIn(table, 'extras');
  const full = extras.length === 0 ? name : `${name}[${extras.join(',')}]`;
  const git = textIn(table, 'git');
  if (git !== null) return `${full} @ ${gitUrl(git, table)}`;
  const place = textIn(table, 'url') ?? textIn(table, 'path') ?? textIn(table, 'file');
  if (place === null) return `${full}${file.versions(textIn(table, 'version') ?? '*')}`;
  if (/^https?:/i.test(place)) return `${full} @ ${place}`;
  const local = resolveIn(file.dir, place);
  if (local === undefined) throw new PlanFailure('plan.requirements_unreadable', `${file.path} takes ${name} from ${place}, which is not in the repository.`, 'Commit that package too, or name its version or Git address.');
  const isEditable = table['editable'] === true || table['develop'] === true;
  return `${isEditable ? '-e ' : ''}./${local}${extras.length === 0 ? '' : `[${extras.join(',')}]`}`;
}

function gitUrl(git: string, table: Table): string {
  const url = /^[\w.-]+@[\w.-]+:(?!\/\/)/.test(git) ? `ssh://${git.replace(':', '/')}` : git; // git@host:path
  const ref = ['rev', 'ref', 'tag', 'branch'].map((key) => textIn(table, key)).find((value) => value !== null);
  const folder = textIn(table, 'subdirectory');
  return `git+${url}${ref === undefined ? '' : `@${ref}`}${folder === null ? '' : `#subdirectory=${folder}`}`;
}

function markerOf(table: Table): string {
  const python = textIn(table, 'python');
  const platform = textIn(table, 'platform');
  const parts = [
    textIn(table, 'markers') ?? '',
    python === null ? '' : pythonMarker(python),
    platform === null ? '' : `sys_platform == "${platform}"`,
    ...MARKERS.map((key) => [key, textIn(table, key)] as const).map(([key, rest]) => (rest === null ? '' : `${key} ${rest}`)),
  ].filter((part) => part !== '');
  return parts.length > 1 ? parts.map((part) => `(${part})`).join(' and ') : (parts[0] ?? '');
}
