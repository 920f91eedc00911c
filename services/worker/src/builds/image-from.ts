import type Docker from 'dockerode';
import { heldAsImage } from './image-container.ts';
import { madeUnlessAborted } from './unless-aborted.ts';

/** The id of an image by its name, if this engine has it. */
export async function findImage(docker: Docker, name: string): Promise<{ id: string; labels: Record<string, string> } | undefined> {
  try {
    const image = await docker.getImage(name).inspect();
    return { id: image.Id, labels: image.Config?.Labels ?? {} };
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

/** An environment's image by its key, whether or not its name is still there: the engine drops names of images that others are built upon. */
export async function findEnvironment(docker: Docker, name: string, key: string): Promise<{ id: string; labels: Record<string, string> } | undefined> {
  const named = await findImage(docker, name);
  if (named) return named;
  const [other] = await docker.listImages({ all: true, filters: { label: ['weir.kind=environment', `weir.environment=${key}`] } });
  return other && { id: other.Id, labels: other.Labels ?? {} };
}

/** Removes an image, unless that is done already. */
export async function removeImage(docker: Docker, id: string): Promise<void> {
  await docker.getImage(id).remove({ force: true }).catch((error: { statusCode?: number }) => {
    if (error.statusCode !== 404) throw error;
  });
}

interface Derive {
  readonly from: string;
  /** The image's labels, asked for once it is filled. */
  readonly labels: () => Promise<Readonly<Record<string, string>>>;
  /** Name and tag of the new image. */
  readonly repo: string;
  readonly tag: string;
  readonly command: readonly string[];
  /** The container that becomes the image: named and labelled as part of its build, so that a sweep finds it. */
  readonly container: Pick<Docker.ContainerCreateOptions, 'name' | 'Labels' | 'Cmd' | 'OpenStdin' | 'StdinOnce'>;
  /** What it has beside what holds all of them. */
  readonly host?: Pick<Docker.HostConfig, 'Binds' | 'CapAdd'>;
  /** Puts the new layer's files into the container. */
  readonly fill: (container: Docker.Container) => Promise<void>;
  /** Ends it at once, whatever it is doing. */
  readonly signal: AbortSignal;
}

/**
 * A new image: a container of `from`, filled and committed. What ran to fill it leaves no trace in the configuration.
 *
 * The container stays until its build has reported and is swept: as long as it is there, the image may be on its way into a release.
 *
 * @throws the signal's reason; then no image is left, nor will one come
 */
export async function deriveImage(docker: Docker, { from, labels, repo, tag, command, container: spec, host, fill, signal }: Derive): Promise<string> {
  signal.throwIfAborted();
  const container = await docker.createContainer({ Image: from, Cmd: ['true'], NetworkDisabled: true, ...spec, HostConfig: heldAsImage(host) });
  const remove = (): void => void container.remove({ force: true, v: true }).catch(() => undefined); // not waited for: the sweep after the build does
  signal.addEventListener('abort', remove, { once: true });
  try {
    await fill(container);
    signal.throwIfAborted();
    const label = Object.entries(await labels()).map(([name, value]) => `${JSON.stringify(name)}=${JSON.stringify(value)}`).join(' ');
    const commit = container.commit({ repo, tag, pause: false, changes: [`CMD ${JSON.stringify(command)}`, `LABEL ${label}`] }) as Promise<{ Id: string }>;
    // The engine goes on with a commit that nobody waits for; what stays all the same, the sweep of images finds.
    return (await madeUnlessAborted(commit, signal, ({ Id }) => removeImage(docker, Id))).Id;
  } catch (error) {
    remove();
    signal.throwIfAborted(); // what broke, broke because of that
    throw error;
  } finally {
    signal.removeEventListener('abort', remove);
  }
}
