import type Docker from 'dockerode';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Builds {
  readonly docker: Docker;
  readonly installation: string;
  readonly dataDir: string;
  readonly runDir: string;
}

type Left = Readonly<Record<string, readonly string[]>>;

const onlySome = (found: Left): Left => Object.fromEntries(Object.entries(found).filter(([, items]) => items.length > 0));

/** What builds that are over still have, and should not: all but images, and the disks that keep what the next build can use. */
export async function leftOfBuilds({ docker, installation, dataDir, runDir }: Builds): Promise<Left> {
  const disks = new Set(workspaces(dataDir).map((workspace) => join(dataDir, 'cache', workspace)));
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')[1] ?? '');
  const containers = await docker.listContainers({ all: true, filters: { label: [`weir.installation=${installation}`] } });
  return onlySome({
    containers: containers.map(({ Names, Id }) => Names[0] ?? Id),
    mounts: mounts.filter((path) => path.startsWith(`${dataDir}/`) && !disks.delete(path)), // twice on one place is once too often
    exits: entries(join(runDir, 'egress')),
    'folders of builds': entries(join(dataDir, 'builds')),
  });
}

/** Environments on the disks of workspaces that no build makes any more. What a build put where that folder was is its own, and not looked into. */
export const leftOnDisks = ({ dataDir }: Builds): Left =>
  onlySome({ environments: workspaces(dataDir).flatMap((workspace) => entries(join(dataDir, 'cache', workspace, 'environments')).map((name) => `${workspace}/${name}`)) });

const workspaces = (dataDir: string): string[] => entries(join(dataDir, 'cache')).filter((name) => /^wsp_[0-9a-z]+$/.test(name));

/** None where there is no such folder; a link to one is none. */
function entries(folder: string): string[] {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  return there?.isDirectory() ? readdirSync(folder) : [];
}
