import { lockedPackages } from '@weir/domain';
import type Docker from 'dockerode';
import { labelledLock } from './lock-label.ts';

/** Of 127 layers that overlay file systems take; a chain that grew long starts anew from the base. */
const MOST_LAYERS = 60;

export interface Sought {
  readonly workspace: string;
  /** The base image that the new environment is for. */
  readonly base: string;
  /** What the new environment has, a package a line. */
  readonly installed: string;
}

/**
 * The environment that a new one is stored upon, so that only what differs is written: the one of
 * the same workspace and base that has the most packages in common; `undefined` if none has half of them.
 * Never another workspace's: its files came from somebody else's builds.
 */
export async function nearestEnvironment(docker: Docker, { workspace, base, installed }: Sought): Promise<string | undefined> {
  const wanted = new Set(namesIn(installed));
  const images = await docker.listImages({ all: true, filters: { label: ['weir.kind=environment', `weir.workspace=${workspace}`, `weir.base=${base}`] } });
  const ranked = images
    .map(({ Id, Labels, Created }) => ({ id: Id, created: Created, shared: namesIn(labelledLock(Labels) ?? '').filter((name) => wanted.has(name)).length }))
    .filter(({ shared }) => shared > 0 && shared >= wanted.size / 2)
    .sort((a, b) => b.shared - a.shared || b.created - a.created);
  for (const { id } of ranked) {
    const { RootFS } = await docker.getImage(id).inspect();
    if ((RootFS.Layers?.length ?? 0) < MOST_LAYERS) return id;
  }
  return undefined;
}

const namesIn = (lock: string): string[] => lockedPackages(lock).map(({ name, version }) => `${name}==${version}`);
