import { assertContainerRuntime, UnknownContainerRuntime } from '@weir/container-runtime-docker';
import type { Logger } from '@weir/telemetry';
import Docker from 'dockerode';

/** Ends this process with code 2 and a sentence where the engine lacks the runtime that the operator chose: with another one, nothing may run. */
export async function checkRuntime(name: string, log: Pick<Logger, 'warn'>): Promise<void> {
  try {
    await assertContainerRuntime(new Docker(), name); // it reads DOCKER_HOST itself
  } catch (error) {
    if (!(error instanceof UnknownContainerRuntime)) return log.warn({ err: error }, 'docker.unavailable'); // it refuses what it does not know itself, once it is there
    process.stderr.write(`${error.publicMessage}\n`);
    process.exit(2);
  }
}
