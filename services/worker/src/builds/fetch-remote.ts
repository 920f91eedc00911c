import { explainFailure } from '@weir/build-plan';
import { gitUrlProblem } from '@weir/domain';
import { GIT_ONLINE, gitEnvironment, protocolOf } from '../git/git-environment.ts';
import { type Sandbox, type SandboxCommand, SandboxLimit } from '../sandbox/sandbox.ts';
import { BuildFailed, failed } from './build-failed.ts';

export const CLONE = '/work/source';

interface Remote {
  readonly url: string;
  readonly branch: string | null;
  /** Exactly this commit, or the branch's newest. */
  readonly commit: string | null;
  readonly allowedHosts: readonly string[];
  readonly say: (line: string) => void;
}

/** Clones one commit of a remote into the sandbox, nothing checked out. @throws BuildFailed */
export async function fetchRemote(sandbox: Sandbox, { url, branch, commit, allowedHosts, say }: Remote): Promise<void> {
  if (gitUrlProblem(url, allowedHosts) !== undefined) throw failed('fetch', 'source.unreachable', 'This address cannot be fetched from.', 'Use an https:// address of a Git repository.');
  const env = gitEnvironment(protocolOf(url));
  const lines: string[] = [];
  const hear = (chunk: Buffer): void => {
    for (const line of chunk.toString('utf8').split(/[\r\n]/)) {
      if (line.trim() === '') continue;
      lines.push(line);
      say(line);
    }
  };
  const git = async (...args: string[]): Promise<void> => {
    const code = await online(sandbox, { argv: [...GIT_ONLINE, ...args], env, cwd: '/work', stdout: hear, stderr: hear, maxOutputBytes: 2 ** 18, limitMs: 130_000 });
    if (code === 0) return;
    if (/redirect|error: 30[1278]/i.test(lines.join('\n'))) throw failed('fetch', 'source.redirected', 'The Git server sends this address elsewhere, which is not followed.', 'Use the address it redirects to.', lines.join('\n'));
    throw new BuildFailed(explainFailure({ phase: 'fetch', exitCode: code, signal: null, oom: false, timedOut: code === 124, log: lines, plan: null }));
  };
  const only = branch === null ? [] : ['-b', branch];
  await git('clone', '--quiet', '--no-checkout', '--depth', '1', '--single-branch', '--no-tags', '--no-recurse-submodules', ...only, '--', url, CLONE);
  // Git takes any page for a repository of its oldest protocol, with nothing in it.
  if (lines.some((line) => line.includes('cloned an empty repository'))) throw failed('fetch', 'source.empty', 'There is nothing at this address: the repository has no commits yet, or there is none.', 'Check the address; if it is right, commit the app and push it.');
  if (commit !== null) await git('-C', CLONE, 'fetch', '--quiet', '--depth', '1', '--no-tags', '--end-of-options', 'origin', commit);
}

/** Branches of a remote and what its HEAD names. @throws BuildFailed */
export async function listBranches(sandbox: Sandbox, url: string, allowedHosts: readonly string[]): Promise<{ head: string | null; branches: string[] }> {
  if (gitUrlProblem(url, allowedHosts) !== undefined) throw failed('fetch', 'source.unreachable', 'This address cannot be fetched from.', 'Use an https:// address of a Git repository.');
  let out = '';
  let words = '';
  const code = await online(sandbox, {
    argv: [...GIT_ONLINE, 'ls-remote', '--symref', '--', url, 'HEAD', 'refs/heads/*'], env: gitEnvironment(protocolOf(url)), cwd: '/work', maxOutputBytes: 4 * 2 ** 20, limitMs: 30_000,
    stdout: (chunk) => void (out += chunk.toString('utf8')),
    stderr: (chunk) => void (words += chunk.toString('utf8')),
  });
  if (code !== 0) throw new BuildFailed(explainFailure({ phase: 'fetch', exitCode: code, signal: null, oom: false, timedOut: code === 124, log: words.split('\n'), plan: null }));
  const head = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(out)?.[1] ?? null;
  return { head, branches: [...out.matchAll(/\trefs\/heads\/(.+)$/gm)].flatMap(([, name]) => (name ? [name] : [])) };
}

/** Git's answer about a server that may go on without end; 124, as of `timeout`, where it took too long. @throws BuildFailed if it said too much */
async function online(sandbox: Sandbox, command: SandboxCommand): Promise<number> {
  try {
    return await sandbox.run({ ...command, online: true });
  } catch (error) {
    if (!(error instanceof SandboxLimit)) throw error;
    if (error.limit === 'time') return 124;
    throw failed('fetch', 'build.too_much_output', 'The Git server sent far more messages than a fetch has.', 'Check that the address is one of a Git repository.');
  }
}
