import Docker from 'dockerode';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { ensureBaseImage } from './base-image.ts';
import { releaseImages } from './release-images.ts';
import { leftoverPrefix } from './root-filesystem.ts';

const run = promisify(execFile);
const someId = (): string => randomBytes(4).toString('hex').replace(/[0189]/g, 'x');

it('what was being made when its process was killed is removed with its mounts, and nobody else’s', async () => {
  const docker = new Docker();
  const [installation, other] = [someId(), someId()];
  const [folder, theirs] = await Promise.all([installation, other].map((id) => mkdtemp(join(tmpdir(), leftoverPrefix(id)))));
  await mkdir(join(folder!, 'proc'));
  await run('mount', ['-t', 'proc', 'proc', join(folder!, 'proc')]);
  const base = await ensureBaseImage({ docker, installation, python: '3.11', say: () => undefined });
  const container = await docker.createContainer({ Image: base, Cmd: ['true'], Labels: { 'weir.kind': 'builder', 'weir.installation': installation } });

  await releaseImages(docker, installation);
  expect([existsSync(folder!), existsSync(theirs!)]).toEqual([false, true]);
  expect(await readFile('/proc/mounts', 'utf8')).not.toContain(folder);
  await expect(container.inspect()).rejects.toMatchObject({ statusCode: 404 });
  await releaseImages(docker, other);
  expect(existsSync(theirs!)).toBe(false);
}, 240_000);
