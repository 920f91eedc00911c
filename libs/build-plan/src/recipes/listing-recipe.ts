import { compatibilityOf } from '../compatibility.ts';
import { type Listing, listing } from '../dependencies/listing.ts';
import { type Framework, missingRequirements, namedFramework } from '../frameworks.ts';
import { FILES_PLACEHOLDER } from '../plan.ts';
import { readRequirements, type Requirements } from '../requirements.ts';
import type { RepositoryTree } from '../repository-tree.ts';
import { addedNotes, type InstallRecipe, PIP } from './recipe.ts';

/** Of the plan's files: where those of the repository stand, and what versions are held to. */
const HANDED = 'source';
const HELD = 'held.txt';

/** @param list `undefined` for what is a requirements file already */
export function listingRecipe(tree: RepositoryTree, path: string, list: Listing | undefined, imported: Framework | undefined): InstallRecipe {
  const { native, locked, complete, packages, requires, wish, inputs, notes } = list ?? listing({});
  const read = readRequirements(tree, list ? { path, lines: list.lines } : { path });
  const framework = imported ?? namedFramework(new Set(read.versions.keys()));
  const compatible = complete || locked.length > 0 ? undefined : compatibilityOf(read.versions);
  const missing = missingRequirements(framework, new Set(read.versions.keys()));
  const added = [...missing, ...(compatible?.added ?? [])];
  const held = [...locked, ...(compatible?.constraints ?? [])];

  // uv tells a pyproject.toml from a list by its name.
  const nameOf = (file: string): string => `${HANDED}/${file}${list && file === path ? '.txt' : ''}`;
  const files = [...(native ? [] : read.files.map(([file, text]) => [nameOf(file), text] as const)), ...(held.length === 0 ? [] : [[HELD, `${held.join('\n')}\n`] as const])];
  const main = [...PIP, ...(complete ? ['--no-deps'] : []), ...read.options, ...(native ?? ['-r', `${FILES_PLACEHOLDER}/${nameOf(path)}`]), ...(held.length === 0 ? [] : ['-c', `${FILES_PLACEHOLDER}/${HELD}`])];
  const apart = complete || read.requiresHashes;
  return {
    framework,
    added,
    install: apart ? [main, ...(added.length === 0 ? [] : [[...PIP, ...added]])] : [[...main, ...added]],
    files,
    copiesSource: read.copiesSource,
    packages,
    inputs: [...inputs, ...read.inputs.filter(([file]) => !(list && file === path)), ...(held.length === 0 ? [] : [['held', held.join('\n')] as const])],
    notes: [...notes, ...addedNotes(missing), ...(compatible?.notes ?? []), ...read.notes, ...freeNotes(read, list)],
    requires,
    wishes: [...(wish ? [wish] : []), ...(compatible?.python ? [{ range: compatible.python, path: `streamlit${read.versions.get('streamlit')}` }] : [])],
  };
}

/** Direct dependencies whose version is left to the day. */
function freeNotes({ versions }: Requirements, list: Listing | undefined): string[] {
  const free = list?.complete || list?.locked.length ? [] : [...versions].filter(([, range]) => range === '').map(([name]) => name);
  return free.length === 0 ? [] : [`Without a version, so the newest is taken when the environment is made: ${free.slice(0, 12).join(', ')}${free.length > 12 ? ' …' : ''}.`];
}
