import { resolve } from 'node:path';
import type { WarningView } from '@weir/contracts';
import { isBranchName } from '@weir/domain';
import { Refusal } from '@weir/installation/refusal';
import type { z } from 'zod';
import { git, GitFailed } from './git.ts';

type Warning = z.infer<typeof WarningView>;

/** What of a folder is deployed. */
export interface FolderCommit {
  readonly commit: string;
  /** The local branch it comes from. */
  readonly branch: string;
  /** Names what lies in the folder and is not sent. */
  readonly warnings: readonly Warning[];
}

const MOST_NAMED = 20;

/**
 * The commit to send for a folder: what is committed of it, as a root of its own.
 *
 * A folder inside a larger repository becomes a commit without parents that
 * holds the folder's tree alone. It has the date and author of the commit it is
 * taken from, so the same folder of the same commit is always the same commit.
 *
 * @param branch a local branch, or `undefined` for what is checked out
 */
export async function commitOfFolder(path: string, branch: string | undefined): Promise<FolderCommit> {
  const folder = resolve(path);
  const prefix = await prefixOf(folder);
  const head = await headOf(folder, branch);
  const checkedOut = await ask(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const isWhole = prefix === '' && (await git(['rev-parse', '--is-shallow-repository'], { folder })) === 'false'; // a shallow history cannot be pushed
  return {
    commit: isWhole ? head : await commitTree(folder, head, prefix),
    branch: branch ?? (checkedOut !== undefined && isBranchName(checkedOut) ? checkedOut : 'main'),
    warnings: await uncommitted(folder, prefix),
  };
}

/** Where the folder lies in its repository: empty at the root, else with a slash at the end. */
async function prefixOf(folder: string): Promise<string> {
  try {
    return await git(['rev-parse', '--show-prefix'], { folder });
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    if (error.stderr.includes('dubious ownership')) throw new Refusal('source.foreign_repository', `Git does not trust ${folder}, which belongs to another user: git config --global --add safe.directory ${folder}`);
    const name = shown(folder);
    throw new Refusal('source.no_repository', `${folder} is in no Git repository. These two commands make it one:\n  git init ${name} && git -C ${name} add --all\n  git -C ${name} commit --message "First version"`);
  }
}

async function headOf(folder: string, branch: string | undefined): Promise<string> {
  const revision = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
  const commit = await ask(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit !== undefined) return commit;
  if (branch !== undefined) throw new Refusal('source.no_branch', `The repository of ${folder} has no local branch ${JSON.stringify(branch)}.`);
  throw new Refusal('source.no_commit', `The repository of ${folder} has no commit yet. These two commands make the first:\n  git -C ${shown(folder)} add --all\n  git -C ${shown(folder)} commit --message "First version"`);
}

async function commitTree(folder: string, head: string, prefix: string): Promise<string> {
  const tree = await ask(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${head}:${prefix.replace(/\/$/, '')}`]);
  if (tree === undefined) throw new Refusal('source.not_committed', `Nothing of ${folder} is committed. These two commands do it:\n  git -C ${shown(folder)} add --all .\n  git -C ${shown(folder)} commit --message "First version"`);
  const facts = await git(['show', '--no-patch', '--no-show-signature', '--date=raw', '--format=%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd%x00%B', head], { folder });
  const [name, email, date, committerName, committerEmail, committerDate, message] = facts.split('\0');
  const env = {
    GIT_AUTHOR_NAME: name || 'unknown', // Git takes no empty name
    GIT_AUTHOR_EMAIL: email ?? '',
    GIT_AUTHOR_DATE: `@${date ?? ''}`,
    GIT_COMMITTER_NAME: committerName || 'unknown',
    GIT_COMMITTER_EMAIL: committerEmail ?? '',
    GIT_COMMITTER_DATE: `@${committerDate ?? ''}`,
  };
  return git(['commit-tree', '--no-gpg-sign', tree], { folder, env, input: message ?? '' });
}

async function uncommitted(folder: string, prefix: string): Promise<Warning[]> {
  const status = await git(['status', '--porcelain', '-z', '--no-renames', '--untracked-files=normal', '--', '.'], { folder });
  const files = status.split('\0').filter((entry) => entry !== '').map((entry) => entry.slice(3 + prefix.length));
  if (files.length === 0) return [];
  const named = [...files.slice(0, MOST_NAMED), ...(files.length > MOST_NAMED ? [`and ${files.length - MOST_NAMED} more`] : [])];
  return [{ code: 'source.uncommitted', message: 'Only what is committed is sent. These changes are not:', excerpt: named.map((file) => `  ${file === '' ? '.' : file}`).join('\n') }];
}

/** What a question to Git answers, or `undefined` if its answer is no. */
async function ask(folder: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return await git(args, { folder });
  } catch (error) {
    if (error instanceof GitFailed) return undefined;
    throw error;
  }
}

/** A path as it can be pasted into a POSIX shell. */
const shown = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`);
