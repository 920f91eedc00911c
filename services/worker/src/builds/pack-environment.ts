import { imageAsset } from '@weir/images';
import type Docker from 'dockerode';
import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { failed } from './build-failed.ts';
import { deriveImage } from './image-from.ts';

const MAX_FILES = 500_000;
const MAX_BYTES = 8 * 2 ** 30;
const Answer = z.union([z.object({ error: z.string(), detail: z.string().max(400).optional() }), z.object({ files: z.number(), bytes: z.number(), skipped: z.number() })]);

interface Pack {
  /** What it is stored upon: the plain base, or another environment of the workspace. */
  readonly base: string;
  /** The disk on this host that the environment lies on. */
  readonly disk: string;
  /** Where it lies there. It is looked up inside the container: a stranger may have put a link in its place. */
  readonly folder: string;
  /** Resolves once it is whole and its sandbox is gone: nothing of it is read before. */
  readonly finished: Promise<void>;
  readonly name: string;
  readonly repo: string;
  readonly tag: string;
  readonly labels: () => Promise<Readonly<Record<string, string>>>;
  readonly containerLabels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Turns a finished environment into an image. A trusted program brings it into a container of
 * the base: only files, folders and symlinks, owned by root, no special modes.
 */
export async function packEnvironment(docker: Docker, { base, disk, folder, finished, name, repo, tag, labels, containerLabels, signal }: Pack): Promise<string> {
  const program = ['link_packages.py', 'pack_environment.py'].map((name) => imageAsset(name).toString('utf8')).join('\n');
  return deriveImage(docker, {
    from: base, repo, tag, labels, command: [], signal,
    container: {
      name,
      Labels: { ...containerLabels },
      OpenStdin: true,
      StdinOnce: true,
      Cmd: ['python3', '-I', '-c', program, `/mnt/disk/${folder}`, '/opt/env', String(MAX_FILES), String(MAX_BYTES)],
    },
    host: {
      Binds: [`${disk}:/mnt/disk:ro`],
      CapAdd: ['DAC_READ_SEARCH'], // files that a package made unreadable to others; the filter on system calls keeps it from opening files of the host by their handles
    },
    fill: async (container) => {
      const output = new PassThrough();
      let text = '';
      output.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      const stream = await container.attach({ stream: true, hijack: true, stdin: true, stdout: true, stderr: true });
      const ended = new Promise((resolve) => stream.once('end', resolve));
      docker.modem.demuxStream(stream, output, output);
      await container.start();
      await finished;
      stream.end();
      await container.wait();
      await ended;
      const answer = Answer.safeParse(parseJson(text));
      if (!answer.success) throw new Error(`the environment could not be packed: ${text.slice(-500)}`);
      if ('error' in answer.data && answer.data.error === 'unusable') throw failed('environment', 'build.environment_unusable', `The installed packages cannot be put into an image: ${answer.data.detail}.`, 'One of them does not install like a package does: find out which, and leave it out.');
      if ('error' in answer.data) throw failed('environment', 'build.disk_full', `The installed packages are larger than ${MAX_BYTES / 2 ** 30} GiB, or have too many files.`, 'Remove large packages that the app does not need.');
    },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not the program's answer: the caller shows what it was
  }
}
