import type Docker from 'dockerode';
import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leftoverPrefix } from './root-filesystem.ts';
import { runProgram } from './run-program.ts';

/** Removes what an installation was making when the process that made it was killed. Not while anything is being made. */
export async function removeLeftovers(docker: Docker, installation: string): Promise<void> {
  const containers = await docker.listContainers({ all: true, filters: { label: ['weir.kind=builder', `weir.installation=${installation}`] } });
  for (const { Id } of containers) await docker.getContainer(Id).remove({ force: true, v: true });
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith(leftoverPrefix(installation))).map((name) => join(tmpdir(), name));
  for (const folder of folders) {
    for (const mount of await mountsBelow(await realpath(folder))) await runProgram('umount', ['--lazy', '--', mount]);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }); // what was killed may write for a moment yet
  }
}

/** debootstrap mounts the host's /proc and /sys there while it works. Deepest first. */
async function mountsBelow(folder: string): Promise<string[]> {
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
  return mounts.filter((path) => path.startsWith(`${folder}/`)).toReversed();
}
