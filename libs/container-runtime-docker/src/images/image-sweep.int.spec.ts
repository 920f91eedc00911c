import { randomBytes } from 'node:crypto';
import { installationId } from '@weir/domain';
import Docker from 'dockerode';
import { pack } from 'tar-stream';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { connectDocker } from '../client/connect-docker.ts';
import { LABEL } from '../names.ts';
import { ImageSweep } from './image-sweep.ts';

const HOUR_MS = 3_600_000;
const installation = installationId(randomBytes(8));
const docker = new Docker();
const app = 'app_00000000000000000000000000' as const;

/** An image upon another, as builds make them: one commit of a container that never ran. */
async function derive(from: string, kind: 'environment' | 'image', labels: Record<string, string> = {}): Promise<string> {
  const container = await docker.createContainer({ Image: from, Cmd: ['none'] });
  const changes = Object.entries({ [LABEL.installation]: installation, [LABEL.kind]: kind, ...labels }).map(([name, value]) => `LABEL ${name}=${value}`);
  const { Id } = (await container.commit({ repo: `weir-${installation}-${kind}`, tag: randomBytes(3).toString('hex'), changes })) as { Id: string };
  await container.remove();
  return Id;
}

async function empty(): Promise<string> {
  const archive = pack();
  archive.entry({ name: 'nothing' }, installation);
  archive.finalize();
  const stream = (await docker.importImage(Readable.from(archive) as unknown as NodeJS.ReadableStream, { repo: `weir-${installation}-empty`, tag: 'latest' })) as unknown as NodeJS.ReadableStream;
  await new Promise((resolve) => stream.on('end', resolve).resume());
  return (await docker.getImage(`weir-${installation}-empty:latest`).inspect()).Id;
}

describe('the sweep of images', () => {
  afterAll(async () => {
    await new ImageSweep(connectDocker().calls, installation, () => Date.now() + HOUR_MS).sweep({ apps: [], images: [] });
    await docker.getImage(`weir-${installation}-empty:latest`).remove({ force: true });
  });

  it('leaves an environment its name while an image upon it is kept, and takes both when none is', async () => {
    let aheadMs = HOUR_MS;
    const sweep = new ImageSweep(connectDocker().calls, installation, () => Date.now() + (aheadMs += HOUR_MS));
    const environment = await derive(await empty(), 'environment');
    const image = await derive(environment, 'image', { [LABEL.app]: app });
    const names = async (id: string) => (await docker.getImage(id).inspect()).RepoTags;
    const before = await names(environment);

    expect(await sweep.sweep({ apps: [app], images: [image] })).toEqual({ images: [], freedBytes: 0 });
    expect(await names(environment)).toEqual(before);

    const container = await docker.createContainer({ Image: image, Cmd: ['none'] });
    await sweep.sweep({ apps: [], images: [] });
    expect(await names(environment), 'a container still uses the image').toEqual(before);
    await container.remove();

    const swept = [await sweep.sweep({ apps: [], images: [] }), await sweep.sweep({ apps: [], images: [] })];
    expect(swept.flatMap(({ images }) => images)).toEqual([image, environment]);
    await expect(docker.getImage(environment).inspect()).rejects.toMatchObject({ statusCode: 404 });
  });
});
