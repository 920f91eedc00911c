import type { SourceInput } from '@weir/contracts';
import type { Rows } from '@weir/database';
import { gitUrlProblem, type GitUrlProblem, Invalid, type Source } from '@weir/domain';
import type { z } from 'zod';

/** An app's source, from its columns. */
export const sourceOf = ({ sourceKind, sourceUrl, example, branch, entryFile }: Pick<Rows.App, 'sourceKind' | 'sourceUrl' | 'example' | 'branch' | 'entryFile'>): Source =>
  sourceKind === 'git' ? { kind: 'git', url: sourceUrl ?? '', branch, entryFile } : { kind: 'builtin', example, branch, entryFile };

const SENTENCES: Record<GitUrlProblem, string> = {
  malformed: 'This is not the URL of a Git repository. One looks like https://git.example.org/team/app.git.',
  scheme: 'Only https:// repositories can be deployed, and http:// ones on hosts that the operator allowed.',
  credentials: 'The URL must not carry a user name or a password.',
  host_not_allowed: 'Repositories over plain http:// are read only from hosts that the operator allowed.',
};

/** @throws Invalid `source.url_…` if nothing may be fetched from there */
export function requireGitUrl(url: string, allowedHosts: readonly string[], field = 'source.url'): void {
  const problem = gitUrlProblem(url, allowedHosts);
  if (problem) throw new Invalid(problem === 'host_not_allowed' ? 'source.host_not_allowed' : `source.url_${problem}`, SENTENCES[problem], field);
}

/** A source that a person gave, as columns. */
export function sourceColumns(source: z.infer<typeof SourceInput>) {
  const { branch = null, entryFile = null } = source;
  return source.kind === 'git'
    ? { sourceKind: 'git', sourceUrl: source.url, example: null, branch, entryFile }
    : { sourceKind: 'builtin', sourceUrl: null, example: source.example ?? null, branch, entryFile };
}
