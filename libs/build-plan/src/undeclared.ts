import type { Misfits } from './misfits.ts';
import { WITH_PKG_RESOURCES } from './pkg-resources.ts';

/** An import that fails where nothing asks for setuptools: at the start of a line, so no fallback and nothing that waits until it is called. */
export const IMPORTS_PKG_RESOURCES = '^(import|from) pkg_resources';

/**
 * What installed packages import without asking for it, because every environment had it in their time.
 *
 * @param lock what `uv pip freeze` says
 * @param importers paths of modules with such an import, from the environment's root
 */
export function undeclared(lock: string, importers: readonly string[]): Misfits {
  const names = [...new Set(importers.flatMap((path) => /site-packages\/([^/]+?)(?:\.py)?(?=\/|$)/.exec(path)?.[1] ?? []))].filter((name) => !/^(?:setuptools|pkg_resources|pip)$/.test(name)).sort();
  if (names.length === 0 || /^setuptools(?:==| @ )/m.test(lock)) return { requirements: [], notes: [] };
  const some = names.length > 3 ? `${names.slice(0, 3).join(', ')} and others` : names.join(' and ');
  return { requirements: [WITH_PKG_RESOURCES], notes: [`${WITH_PKG_RESOURCES} is installed too: pkg_resources is imported by ${some}, and nothing asks for it.`] };
}
