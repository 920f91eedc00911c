import type Docker from 'dockerode';
import { removeEverything } from '@weir/container-runtime-docker';
import { releaseImages } from '@weir/images';
import { readFileSync, rmSync } from 'node:fs';
import type { DataFolder } from './data-folder.ts';
import { run } from './run.ts';

/** Removes everything this installation ever made: in Docker, in /run and /var/lib, and its data folder. */
export async function destroy(docker: Docker, data: DataFolder): Promise<void> {
  const { installation } = data;
  await removeEverything(docker, installation);
  await releaseImages(docker, installation);
  await unmountDisks(data);
  for (const folder of [`/run/weir/${installation}`, `/var/lib/weir/${installation}`, data.path]) rmSync(folder, { recursive: true, force: true });
}

/** The disks that builds had; the next build mounts its own again. */
export async function unmountDisks(data: DataFolder): Promise<void> {
  for (const mount of mountsBelow(data.path)) await run('umount', ['--', mount]);
}

function mountsBelow(folder: string): string[] {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')[1] ?? '');
  return mounts.filter((path) => path.startsWith(`${folder}/`)).toReversed();
}
