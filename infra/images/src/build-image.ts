import type Docker from 'dockerode';
import { finished } from './docker-stream.ts';

/** Builds an image of ours from a context, a tar archive. @throws Error with the engine's own words */
export async function buildImage(docker: Docker, context: NodeJS.ReadableStream, options: Docker.ImageBuildOptions): Promise<void> {
  await finished(docker, await docker.buildImage(context, options));
}
