import { execFile } from 'node:child_process';
import { Refusal } from '@weir/installation/refusal';

interface GitOptions {
  /** Runs there. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Git ended with an error. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed';

  constructor(readonly command: string, readonly exitCode: number, readonly stderr: string) {
    super(`git ${command} exited with ${exitCode}`);
  }
}

/** A person's repository may be anywhere in their environment; it must be the folder's own. */
const INHERITED = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') || name === 'GIT_SSL_CAINFO');

/** Runs `git` without a shell, without hooks, without questions; gives its output without the last line break. */
export function git(args: readonly string[], { folder, env = {}, input }: GitOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const settings = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false'];
    const child = execFile('git', [...settings, ...args], { cwd: folder, maxBuffer: 1 << 27, env: { ...Object.fromEntries(INHERITED), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', ...env } }, (error, stdout, stderr) => {
      if (!error) resolve(stdout.replace(/\n$/, ''));
      else if (error.code === 'ENOENT') reject(new Refusal('git.missing', 'Deploying a folder needs Git on this machine: install git.'));
      else reject(new GitFailed(args[0] ?? '', typeof error.code === 'number' ? error.code : -1, stderr));
    });
    child.stdin?.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') reject(error); // Git may end without reading; its exit code says how it went
    });
    child.stdin?.end(input);
  });
}
