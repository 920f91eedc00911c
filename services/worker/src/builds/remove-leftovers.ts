import { outputOf } from '../sandbox/output-of.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** Whether a build called a folder so; whatever else lies beside is the tenant's own. */
export const isOfBuild = (name: string): boolean => /^dep_[0-9a-z]+-\d+$/.test(name);

/**
 * Removes what earlier builds left in a folder of their workspace's disk, in the sandbox that has that disk,
 * beside the build's own work: mostly links to cached files, so that they could lie there meanwhile.
 *
 * @param inUse asked after the folder was listed: a build notes its name there before it makes its folder
 */
export async function removeLeftovers(sandbox: Sandbox, folder: string, inUse: ReadonlySet<string>): Promise<void> {
  const { code, text } = await outputOf(sandbox, { argv: ['ls', '-1', '--', folder], maxOutputBytes: 2 ** 20, limitMs: 60_000 });
  if (code !== 0) return; // nothing was ever built here
  const left = text.split('\n').filter((name) => isOfBuild(name) && !inUse.has(name));
  if (left.length > 0) await sandbox.run({ argv: ['rm', '-rf', '--', ...left.slice(0, 500)], cwd: folder, limitMs: 300_000 });
}
