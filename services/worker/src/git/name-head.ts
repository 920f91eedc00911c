import type { Sandbox } from '../sandbox/sandbox.ts';
import { gitEnvironment } from './git-environment.ts';
import { REPOSITORY } from './git-repositories.ts';
import type { PushCommand } from './push-commands.ts';

const GIT = ['git', '-c', 'safe.directory=*', '--git-dir', REPOSITORY];
const MADE = /^0+$/;

/** Lets HEAD name a branch that exists: after a first push to another branch than `main` it would not. */
export async function nameHead(sandbox: Sandbox, pushed: readonly PushCommand[]): Promise<void> {
  const made = pushed.filter(({ from, to, ref }) => MADE.test(from) && !MADE.test(to) && ref.startsWith('refs/heads/'));
  const first = made.find(({ ref }) => ref === 'refs/heads/main') ?? made[0];
  if (!first || first.ref === 'refs/heads/main') return; // HEAD names main from the start
  const env = gitEnvironment('none');
  const born = await sandbox.run({ argv: [...GIT, 'rev-parse', '--quiet', '--verify', 'HEAD'], env });
  if (born !== 0) await sandbox.run({ argv: [...GIT, 'symbolic-ref', 'HEAD', first.ref], env });
}
