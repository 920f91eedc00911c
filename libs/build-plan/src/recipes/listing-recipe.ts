import { type Compatibility, compatibilityOf } from '../compatibility.ts';
import { type Listing, listing } from '../dependencies/listing.ts';
import { type Framework, missingRequirements, namedFramework } from '../frameworks.ts';
import { FILES_PLACEHOLDER } from '../plan.ts';
import { normalName } from '../requirement-line.ts';
import { readRequirements, type Requirements } from '../requirements.ts';
import type { RepositoryTree } from '../repository-tree.ts';
import { wheelWishes } from '../wheels.ts';
import { addedNotes, asLocked, type InstallRecipe, PIP } from './recipe.ts';

/** Of the plan's files: where those of the repository stand, and what versions are held to. */
const HANDED = 'source';
const HELD = 'held.txt';
/** A lock has its versions from its own time. */
const lockedAge = (versions: ReadonlyMap<string, string>): Compatibility => ({ constraints: [], added: [], python: compatibilityOf(versions).python, notes: [] });

/** @param list `undefined` for what is a requirements file already */
export function listingRecipe(tree: RepositoryTree, path: string, list: Listing | undefined, imported: Framework | undefined): InstallRecipe {
  const { locked, complete, copiesSource, packages, requires, wish, wheels, inputs, notes } = list ?? listing({});
  const read = readRequirements(tree, list ? { path, lines: list.lines } : { path });
  const names = new Set(read.versions.keys());
  const framework = imported ?? namedFramework(names);
  const missing = missingRequirements(framework, names);
  const { said } = read;
  const isLocked = complete || locked.length > 0;
  const known = isLocked ? new Map([...said, ...exactVersions(locked)]) : said;
  const age = isLocked ? lockedAge(known) : compatibilityOf(known);
  const held = [...locked, ...age.constraints];
  const handed = handOver(path, list, read, held);

  const main = [...PIP, ...(complete ? ['--no-deps'] : []), ...read.options, ...handed.names];
  const added = [...missing, ...age.added];
  const isApart = complete || read.requiresHashes;
  return {
    framework,
    added,
    install: isApart && added.length > 0 ? [main, [...PIP, ...added]] : [[...main, ...added]],
    exact: [asLocked(read.sources)],
    sources: read.sources,
    files: handed.files,
    keeps: isLocked ? null : [...said].filter(([, range]) => range !== '').map(([name]) => name),
    copiesSource: copiesSource || read.copiesSource,
    packages,
    inputs: [...inputs, ...read.inputs.filter(([file]) => !list || file !== path), ['held', held.join('\n')]],
    notes: [...notes, ...addedNotes(missing), ...age.notes, ...read.notes, ...(isLocked ? [] : freeNotes(said, names))],
    requires,
    wishes: [...(wish ? [wish] : []), ...(age.python === null ? [] : [{ range: age.python, path: `streamlit${known.get('streamlit')}` }]), ...wheels, ...wheelWishes(said)],
    isOfItsTime: isLocked || [...said.values()].filter((range) => range.startsWith('==')).length * 2 > names.size,
  };
}

/** Of lines such as `six==1.16.0 --hash=…`. */
const exactVersions = (lines: readonly string[]): Map<string, string> => new Map(lines.flatMap((line) => Array.from(line.matchAll(/^([\w.-]+)(==[^\s;]+)/g), ([, name = '', version = '']) => [normalName(name), version] as const)));

/** What the installer gets: files, and the arguments that name them. */
function handOver(path: string, list: Listing | undefined, read: Requirements, held: readonly string[]): { files: InstallRecipe['files']; names: readonly string[] } {
  // uv tells a pyproject.toml from a list by its name.
  const nameOf = (file: string): string => `${HANDED}/${file}${list && file === path ? '.txt' : ''}`;
  const constraints = held.length === 0 ? [] : [[HELD, `${held.join('\n')}\n`] as const];
  const lists = list?.native ? [] : read.files.map(([file, text]) => [nameOf(file), text] as const);
  return {
    files: [...lists, ...constraints],
    names: [...(list?.native ?? ['-r', `${FILES_PLACEHOLDER}/${nameOf(path)}`]), ...constraints.flatMap(([name]) => ['-c', `${FILES_PLACEHOLDER}/${name}`])],
  };
}

/** Direct dependencies whose version is left to the day. */
function freeNotes(said: ReadonlyMap<string, string>, names: ReadonlySet<string>): string[] {
  const free = [...names].filter((name) => said.get(name) === '');
  return free.length === 0 ? [] : [`Without a version, so the newest is taken when the environment is made: ${free.slice(0, 12).join(', ')}${free.length > 12 ? ' …' : ''}.`];
}
