import { importedFramework } from './frameworks.ts';
import { nearestNames } from './nearest-names.ts';
import { PlanFailure } from './plan-failure.ts';
import { rankEntryFiles, scriptsOf } from './rank-entry-files.ts';
import type { RepositoryTree } from './repository-tree.ts';

/** The entry file that was asked for, else the best candidate; throws {@link PlanFailure} where there is none. */
export function chooseEntryFile(tree: RepositoryTree, asked: string | null): { entryFile: string; notes: string[] } {
  return asked === null ? best(tree) : given(tree, asked);
}

function given(tree: RepositoryTree, asked: string): { entryFile: string; notes: string[] } {
  const file = tree.files.get(asked);
  if (!file) {
    const scripts = [...tree.files.keys()].filter((path) => path.endsWith('.py'));
    const near = nearestNames(asked, scripts, 3);
    const others = near.length > 0 ? near : rankEntryFiles(tree).map(({ path }) => path).slice(0, 3);
    throw new PlanFailure('entry.not_found', `The repository has no ${asked}.`, others.length > 0 ? `Choose ${others.join(' or ')} as the entry file, or commit the missing one.` : 'Commit the file, or choose another branch.', null, others[0] === undefined ? undefined : { setting: 'entryFile', value: others[0] });
  }
  const unseen = file.text !== undefined && importedFramework(file.text) === undefined;
  return { entryFile: asked, notes: [`Runs ${asked}, as the app's settings ask.`, ...(unseen ? [`${asked} itself imports no framework that serves apps.`] : [])] };
}

function best(tree: RepositoryTree): { entryFile: string; notes: string[] } {
  const [first, ...others] = rankEntryFiles(tree);
  if (first) {
    const rest = others.length === 0 ? [] : [`Other scripts that could be the app: ${others.slice(0, 5).map(({ path }) => path).join(', ')}.`];
    return { entryFile: first.path, notes: [`Runs ${first.path} (${first.why}).`, ...rest] };
  }
  const scripts = scriptsOf(tree);
  if (scripts.length === 0) throw new PlanFailure('entry.not_found', 'The repository has no Python script that could be an app.', 'Commit a script such as streamlit_app.py that imports streamlit, or choose another branch.');
  throw new PlanFailure('entry.not_found', 'No Python script in the repository imports Streamlit, or another framework that serves apps.', `If one of them is the app, name it as the entry file: ${scripts.slice(0, 5).join(', ')}.`);
}
