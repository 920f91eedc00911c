import type { Failure } from '@weir/domain';
import { asPattern } from './as-pattern.ts';

/** What a commit only points to. Paths are relative to the root. */
export interface AbsentFiles {
  /** Files of Git LFS: their pointers are there. */
  readonly lfs: readonly string[];
  /** Submodules: their folders are empty. */
  readonly submodules: readonly string[];
}

/** A path as a word of its own in a sentence or in what a tool says. */
const names = (text: string, path: string, end: string): boolean => new RegExp(String.raw`(^|[\s“'"${'`'}(/])${asPattern(path)}(?=$|[\s”'"${'`'}:,;)${end}]|\.(?:\s|$))`, 'm').test(text);

/** What a failure speaks of: its sentence, and the errors of the log that shows it. */
const spokenOf = ({ message, excerpt }: Failure): string => [message, ...(excerpt ?? '').split('\n').filter((line) => /^\s*(?:error|cause): /.test(line))].join('\n');

/** The failure itself, or its cause where it speaks of a file that the commit only points to. */
export function becauseAbsent(failure: Failure, { lfs, submodules }: AbsentFiles): Failure {
  const text = spokenOf(failure);
  const excerpt = [failure.message, failure.excerpt].filter(Boolean).join('\n').slice(0, 4000);
  const pointer = lfs.find((path) => names(text, path, ''));
  if (pointer !== undefined) return { code: 'source.lfs', phase: failure.phase, message: `${pointer} is kept in Git LFS, which is not fetched: only its pointer was there to build from.`, hint: 'Commit the file itself instead of keeping it in Git LFS.', excerpt };
  const folder = submodules.find((path) => names(text, path, '/'));
  if (folder !== undefined) return { code: 'source.submodules', phase: failure.phase, message: `${folder} is a submodule, which is not fetched: its folder was empty.`, hint: 'Commit those files themselves, or install the submodule as a package from its Git URL.', excerpt };
  return failure;
}
