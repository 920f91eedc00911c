import type Docker from 'dockerode';

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

interface Derive {
  readonly from: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name and tag of the new image. */
  readonly repo: string;
  readonly tag: string;
  readonly command: readonly string[];
  readonly create?: Pick<Docker.ContainerCreateOptions, 'name' | 'Cmd' | 'HostConfig'>;
  /** Puts the new layer's files into the container. */
  readonly fill: (container: Docker.Container) => Promise<void>;
}

/** A new image: a container of `from`, filled and committed. What ran to fill it leaves no trace in the configuration. */
export async function deriveImage(docker: Docker, { from, labels, repo, tag, command, create, fill }: Derive): Promise<string> {
  const container = await docker.createContainer({ Image: from, Cmd: ['true'], NetworkDisabled: true, Labels: { ...labels }, ...create, HostConfig: { NetworkMode: 'none', ...create?.HostConfig } });
  try {
    await fill(container);
    const { Id } = (await container.commit({ repo, tag, changes: [`CMD ${JSON.stringify(command)}`] })) as { Id: string };
    return Id;
  } finally {
    await container.remove({ force: true, v: true });
  }
}
