import { WITH_PKG_RESOURCES } from './pkg-resources.ts';

interface OlderTools {
  readonly constraint: string;
  readonly note: string;
}

/** What sources of an older time need of the tools that build them, by how they fail without. */
const TABLE: readonly (readonly [failure: RegExp, constraint: string, because: string])[] = [
  [/No module named 'pkg_resources'/, WITH_PKG_RESOURCES, 'imports pkg_resources'],
  [/unexpected keyword argument 'dry_run'/, WITH_PKG_RESOURCES, 'calls the compiler as setuptools did before 81'],
  [/has no attribute 'cython_sources'|Cython\.Compiler\.Errors\.CompileError/, 'cython<3', 'uses Cython as it was before 3'],
];

/**
 * What the tools that build a package from its source have to be held to, so that it can be built after all; `undefined` where they are not why it failed.
 *
 * @param failure how the build ended, in a sentence
 */
export function olderTools(failure: string): OlderTools | undefined {
  const [, constraint, because] = TABLE.find(([pattern]) => pattern.test(failure)) ?? [];
  return constraint === undefined ? undefined : { constraint, note: `Built again with ${constraint}, because a package ${because} while it is built.` };
}
