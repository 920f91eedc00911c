import { existsSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { ImageNotMade } from './image-request.ts';

const DEBIAN_CA = '/etc/ssl/certs/ca-certificates.crt';
const CA_PATH = '/run/weir-ca/ca.pem';

interface Setup {
  readonly docker: Docker;
  readonly installation: string;
  /** What this makes, in the label `weir.kind` and in what a person is told. */
  readonly kind: string;
  /** The id of the image it starts from. */
  readonly base: string;
  /** Its new name. */
  readonly name: string;
  /** A fixed shell script; `$1` is the file of certificate authorities. Lines that begin with `step: ` are told. */
  readonly script: string;
  /** Further arguments, `$2` on. Not environment: a commit would keep that in the image. */
  readonly args?: readonly string[];
  /** A bundle of certificate authorities on this host, where the mirrors use a private one. */
  readonly caBundle: string | undefined;
  readonly command: readonly string[];
  /** Added at last. */
  readonly files?: NodeJS.ReadableStream;
  readonly say: (step: string) => void;
}

/**
 * Makes an image by running a script of ours on another image.
 *
 * In a trusted container on the host's network, never with a tenant's code near it.
 *
 * @throws ImageNotMade
 */
export async function imageByScript({ docker, installation, kind, base, name, script, args = [], caBundle, command, files, say }: Setup): Promise<void> {
  const trusted = caBundle !== undefined && existsSync(caBundle);
  const container = await docker.createContainer({
    Image: base, WorkingDir: '/', Labels: { 'weir.kind': kind, 'weir.installation': installation },
    Cmd: ['/bin/sh', '-c', script, 'setup', trusted ? CA_PATH : DEBIAN_CA, ...args],
    HostConfig: { NetworkMode: 'host', ...(trusted && { Binds: [`${caBundle}:${CA_PATH}:ro`] }) },
  });
  try {
    await runSetup(container, kind, say);
    if (files) await container.putArchive(files, { path: '/' });
    const [repo, tag] = name.split(':');
    say(`storing the ${kind} image`);
    await container.commit({ repo, tag, changes: [`CMD ${JSON.stringify(command)}`, `LABEL weir.kind=${kind} weir.installation=`] });
  } finally {
    await container.remove({ force: true, v: true });
  }
}

const SETUP_LIMIT_MS = 15 * 60_000;

async function runSetup(container: Docker.Container, kind: string, say: (step: string) => void): Promise<void> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  const output = new PassThrough();
  container.modem.demuxStream(stream, output, output);
  let words = '';
  output.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-3000);
    for (const line of chunk.toString('utf8').split('\n')) if (line.startsWith('step: ')) say(line.slice(6));
  });
  await container.start();
  const { StatusCode: code } = (await container.wait({ abortSignal: AbortSignal.timeout(SETUP_LIMIT_MS) })) as { StatusCode: number };
  if (code !== 0) throw new ImageNotMade(`The ${kind} image could not be made: ${words.trim().slice(-800)}`);
}
