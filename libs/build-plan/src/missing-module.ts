import type { ExplainedException } from './explain-exception.ts';
import { isNamespace, isOwnName, isWellKnown, nowhere, packageFor } from './package-names.ts';
import { WITH_PKG_RESOURCES } from './pkg-resources.ts';
import type { Traceback } from './traceback.ts';

/** Modules that vanished from a package, where an older release still has them. */
const VANISHED = new Map(Object.entries({ 'altair.vegalite.v4': 'Ask for “altair<5”, which this Streamlit was made for, or take a newer Streamlit.', distutils: 'Add “setuptools”, or choose Python 3.11: newer ones have no distutils.', pkg_resources: `Add “${WITH_PKG_RESOURCES}”.`, imp: 'Choose Python 3.11, or a newer version of the package that imports imp.' }));

/** A module that an import did not find, and what would bring it. */
export function missingModule({ type, message, frame }: Traceback, at: string): ExplainedException | undefined {
  const module = /^No module named '([^']+)'/.exec(message)?.[1];
  if (type !== 'ModuleNotFoundError' || module === undefined) return undefined;
  const installed = VANISHED.has(module) ? undefined : lacking(module);
  if (installed !== undefined) return { code: 'app.missing_module', message: `${at}the installed ${installed} has no module “${module}”.`, hint: `Ask for the version of “${installed}” that the code was written for, or import the module from where it is now.` };
  return { code: 'app.missing_module', message: `${at}the module “${module}” is not installed.`, hint: VANISHED.get(module) ?? hintFor(module, importedBy(frame?.source ?? '', module)) };
}

/** The package that is there without this part of it: Python names a part only where it found the whole, which of a shared folder says nothing. */
function lacking(module: string): string | undefined {
  const name = packageFor(module);
  const [root = ''] = module.split('.');
  return root !== module && !isNamespace(root) && !isOwnName(module) && isWellKnown(name) ? name : undefined;
}

/** What the line imports, where that says more: of `a.b.c`, Python names only the first part that is not there. */
function importedBy(line: string, module: string): string {
  const [, from, name, whole] = /^from ([\w.]+) import (\w+)|^import ([\w.]+)/.exec(line) ?? [];
  const asked = whole ?? `${from}.${name}`;
  return asked.startsWith(`${module}.`) ? asked : module;
}

function hintFor(module: string, asked: string): string {
  const elsewhere = nowhere(asked);
  if (elsewhere !== undefined) return elsewhere;
  if (isOwnName(module)) return `Commit it: ${module} is probably a file or folder of your own. Imports start at the entry file's folder.`;
  if (!isNamespace(module)) return `Add “${packageFor(module)}” to the dependency file; if it is a file of your own, commit it.`;
  return asked === module ? `Several packages have a part of ${module}: add the one that the app imports to the dependency file.` : `Add “${packageFor(asked)}” to the dependency file.`;
}
