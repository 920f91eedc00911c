import type { Keep, Swept } from '@weir/container-runtime';
import type Docker from 'dockerode';
import { asRuntimeProblem, tolerating } from '../client/docker-problem.ts';
import { LABEL } from '../names.ts';

type Image = Pick<Docker.ImageInfo, 'Id' | 'RepoTags' | 'Created' | 'Labels'>;

/** While builds are at work, a young image may belong to one of them. */
const YOUNG_MS = 10 * 60_000;
/** With no build at work for so long, what builds reported is known here: longer than what is wanted may be old. */
const QUIET_MS = 45_000;

interface Facts {
  readonly keep: Keep;
  readonly nowMs: number;
  /** How long no build was at work. */
  readonly quietMs: number;
}

/** Whether an app's or an environment's image is of no use any more. */
export function isGarbage(image: Image, { keep, nowMs, quietMs }: Facts): boolean {
  const names = [image.Id, ...(image.RepoTags ?? [])];
  if (names.some((name) => keep.discarded?.includes(name))) return true;
  if (names.some((name) => keep.images.includes(name))) return false;
  const app = image.Labels?.[LABEL.app];
  if (app !== undefined && !keep.apps.some((kept) => kept === app)) return true;
  const ageMs = nowMs - image.Created * 1000;
  return ageMs > YOUNG_MS || Math.min(ageMs, quietMs) > QUIET_MS;
}

/** Removes images that nothing references. Base and builder images are the operator's, not ours to judge. */
export class ImageSweep {
  #lastBuildMs: number;

  constructor(private readonly docker: Docker, private readonly installation: string, private readonly now: () => number = Date.now) {
    this.#lastBuildMs = now();
  }

  async sweep(keep: Keep): Promise<Omit<Swept, 'networks'>> {
    const mine = `${LABEL.installation}=${this.installation}`;
    const [builds, images] = await Promise.all([
      this.docker.listContainers({ all: true, filters: { label: [mine, `${LABEL.kind}=build`] } }),
      Promise.all(['image', 'environment'].map((kind) => this.docker.listImages({ filters: { label: [mine, `${LABEL.kind}=${kind}`] } }))),
    ]).catch((error: unknown) => {
      throw asRuntimeProblem(error);
    });
    const nowMs = this.now();
    if (builds.length > 0) this.#lastBuildMs = nowMs;
    const facts = { keep, nowMs, quietMs: nowMs - this.#lastBuildMs };
    const all = new Map(images.flat().map((one) => [one.Id, one]));
    const removed: string[] = [];
    let freedBytes = 0;
    const parents = new Set<string>();
    // Apps' images first: one that stays keeps its environment. The engine would let that one's name go, and the next build makes it anew.
    for (const image of all.values()) {
      if (parents.has(image.Id) || !isGarbage(image, facts)) parents.add(image.ParentId);
      else {
        const ownBytes = image.Size - (all.get(image.ParentId)?.Size ?? (await this.#sizeOf(image.ParentId)));
        if (await this.#remove(image)) {
          removed.push(image.Id);
          freedBytes += ownBytes;
        } else parents.add(image.ParentId);
      }
    }
    return { images: removed, freedBytes };
  }

  /** Of an image that is not ours to judge, such as a base. */
  async #sizeOf(image: string): Promise<number> {
    return image === '' ? 0 : ((await tolerating([404], () => this.docker.getImage(image).inspect()))?.Size ?? 0);
  }

  /** The engine itself refuses (409) what a container uses: that one's time comes later. */
  async #remove(image: Image): Promise<boolean> {
    const tags = (image.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>');
    let done = true;
    for (const name of tags.length > 0 ? tags : [image.Id]) {
      const answer = await tolerating([404, 409], () => this.docker.getImage(name).remove({ noprune: true }));
      done &&= answer !== undefined;
    }
    return done;
  }
}
