import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type Docker from 'dockerode';
import { bridgePrefix } from '../names.ts';
import { filterRules } from './filter-rules.ts';
import { goneContainers } from './gone-containers.ts';
import { runTool } from './run-tool.ts';

type Found = Readonly<Record<string, readonly string[]>>;

export const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** All that these installations still have on this host, and what containers that are gone have left on it; empty where that is nothing. */
export async function leftBehind(docker: Docker, installations: readonly string[]): Promise<Found> {
  const found = { ...(await inDocker(docker, installations)), ...(await onHost(installations)), 'of containers that are gone': await goneContainers(docker) };
  return Object.fromEntries(Object.entries(found).filter(([, items]) => items.length > 0));
}

async function inDocker(docker: Docker, installations: readonly string[]): Promise<Found> {
  const of = async <T>(list: (filters: { label: string[] }) => Promise<readonly T[]>): Promise<T[]> =>
    (await Promise.all(installations.map((id) => list({ label: [`weir.installation=${id}`] })))).flat();
  return {
    containers: (await of((filters) => docker.listContainers({ all: true, filters }))).map(({ Names, Id }) => Names[0] ?? Id),
    networks: (await of((filters) => docker.listNetworks({ filters }))).map(({ Name }) => Name),
    volumes: (await of(async (filters) => (await docker.listVolumes({ filters })).Volumes ?? [])).map(({ Name }) => Name),
    images: (await of((filters) => docker.listImages({ all: true, filters }))).map(({ Id }) => Id),
    'names of images': (await docker.listImages({ all: true })).flatMap(({ RepoTags }) => RepoTags ?? []).filter((name) => installations.some((id) => name.includes(id))),
  };
}

async function onHost(installations: readonly string[]): Promise<Found> {
  const bridges = installations.map(bridgePrefix);
  const theirs = (line: string): boolean => [...installations, ...bridges].some((word) => line.includes(word));
  return {
    rules: (await filterRules()).filter(theirs),
    routes: lines(await runTool('ip', 'route')).filter(theirs),
    bridges: readdirSync('/sys/class/net').filter((name) => bridges.some((bridge) => name.startsWith(bridge))),
    namespaces: lines(await runTool('ip', 'netns', 'list')).filter(theirs),
    mounts: lines(readFileSync('/proc/mounts', 'utf8')).filter(theirs),
    'loop devices': lines(await runTool('losetup', '--list', '--noheadings', '--output', 'NAME,BACK-FILE')).filter(theirs),
    folders: ['/run/weir', tmpdir()].filter(existsSync).flatMap((folder) => readdirSync(folder).filter(theirs)),
  };
}
