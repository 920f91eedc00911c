import type { Failure, Warning } from '@weir/domain';
import { importedFramework } from './frameworks.ts';
import { PlanFailure } from './plan-failure.ts';
import type { BuildPlan } from './plan.ts';
import { rankEntryFiles } from './rank-entry-files.ts';
import { dirOf, type RepositoryTree } from './repository-tree.ts';

/** What is no app for a browser, by the module that its scripts import. */
const FOREIGN: readonly (readonly [module: string, title: string])[] = [
  ['django', 'Django'], ['tkinter', 'Tk, for the desktop'], ['customtkinter', 'Tk, for the desktop'], ['PyQt5', 'Qt, for the desktop'], ['PyQt6', 'Qt, for the desktop'], ['PySide6', 'Qt, for the desktop'], ['pygame', 'pygame, for the desktop'], ['kivy', 'Kivy, for the desktop'],
];

export interface EntryVerdict {
  /** It cannot be run at all. */
  readonly failure?: Failure;
  /** It can, and probably is not what is meant. */
  readonly warnings: readonly Warning[];
}

/** Looks at the entry file that a plan runs: whether it is a script, of a framework that is served, and no mere part of an app. */
export function judgeEntry(tree: RepositoryTree, { entryFile, framework }: Pick<BuildPlan, 'entryFile' | 'framework'>): EntryVerdict {
  const text = tree.files.get(entryFile)?.text;
  if (text === undefined) return { warnings: [] };
  const others = rankEntryFiles(tree).map(({ path }) => path).filter((path) => path !== entryFile).slice(0, 3);
  const instead = others.length === 0 ? undefined : `Choose ${others.join(' or ')} as the entry file.`;
  const refused = noScript(entryFile, text) ?? (importedFramework(text) || importsOwn(tree, entryFile, text) ? undefined : foreign(entryFile, text));
  if (refused !== undefined) {
    const { failure } = new PlanFailure('entry.not_an_app', refused, instead ?? 'Choose a Python script of one of the frameworks as the entry file.');
    return { failure: { ...failure, ...(others[0] !== undefined && { fix: { setting: 'entryFile', value: others[0] } }) }, warnings: [] };
  }
  if (framework !== 'streamlit') return { warnings: [] };
  const said = asPage(tree, entryFile) ?? withoutFramework(tree, entryFile, text);
  return { warnings: said === undefined ? [] : [{ code: 'entry.doubtful', message: [said, instead].filter(Boolean).join(' '), excerpt: null }] };
}

function noScript(path: string, text: string): string | undefined {
  const start = text.replace(/^\uFEFF/, '').trimStart().slice(0, 20_000);
  if (start.startsWith('{') && /"nbformat"|"cells"\s*:/.test(text)) return `${path} is a Jupyter notebook, not a Python script.`;
  return /^<(?:!doctype|html|\?xml)/i.test(start) ? `${path} is a web page, not a Python script.` : undefined;
}

const imports = (module: string, text: string): boolean => new RegExp(String.raw`^[ \t]*(?:import|from)[ \t]+${module}\b`, 'm').test(text);

function foreign(path: string, text: string): string | undefined {
  const [, title] = FOREIGN.find(([module]) => imports(module, text)) ?? [];
  return title === undefined ? undefined : `${path} is an app of ${title}, which is not served here.`;
}

/** Whether it imports a file or folder of the repository: then the framework may come from there. */
function importsOwn(tree: RepositoryTree, entryFile: string, text: string): boolean {
  const beside = dirOf(entryFile);
  const own = new Set<string>();
  for (const path of tree.files.keys()) {
    if (!path.endsWith('.py') || path === entryFile) continue;
    own.add((path.split('/')[0] ?? '').replace(/\.py$/, ''));
    const inside = beside === '' ? path : path.startsWith(`${beside}/`) ? path.slice(beside.length + 1) : '';
    own.add((inside.split('/')[0] ?? '').replace(/\.py$/, ''));
  }
  const imported = [...text.matchAll(/^[ \t]*(?:import|from)[ \t]+([\w.]+)/gm)].map(([, module = '']) => module);
  return imported.some((module) => module.startsWith('.') || own.has(module.split('.')[0] ?? '')) || /\b(?:exec|runpy|import_module|__import__)\b/.test(text);
}

function asPage(tree: RepositoryTree, entryFile: string): string | undefined {
  const folder = /^(.*\/)?pages\/[^/]+\.py$/.exec(entryFile);
  const main = folder && rankEntryFiles(tree).find(({ path }) => dirOf(path) === (folder[1] ?? '').replace(/\/$/, ''));
  return main ? `${entryFile} is one page of a multipage app: the others are not shown.` : undefined;
}

function withoutFramework(tree: RepositoryTree, entryFile: string, text: string): string | undefined {
  return importedFramework(text) || importsOwn(tree, entryFile, text) ? undefined : `${entryFile} does not use Streamlit, so its page stays empty.`;
}
