import { DomainError } from '@weir/domain';
import type Docker from 'dockerode';

/** The OCI runtime of all containers, where an operator chose none. */
export const USUAL_RUNTIME = 'runc';

/** Names of an engine's runtimes, as its configuration has them. */
export const isRuntimeName = (text: string): boolean => /^[A-Za-z0-9][\w.-]{0,99}$/.test(text);

export class UnknownContainerRuntime extends DomainError {
  readonly code = 'docker.unknown_runtime';
  readonly kind = 'invalid';

  constructor(name: string, known: readonly string[]) {
    super(`the engine has no runtime ${name}`);
    this.publicMessage = `WEIR_CONTAINER_RUNTIME: the Docker Engine has no runtime “${name}”; it has ${known.join(', ') || 'none'}.`;
  }

  readonly publicMessage: string;
}

/** Before anything is started with it. @throws UnknownContainerRuntime, or the engine's own error */
export async function assertContainerRuntime(docker: Docker, name: string): Promise<void> {
  const { Runtimes: known } = (await docker.info()) as { Runtimes?: Readonly<Record<string, unknown>> };
  if (known && Object.hasOwn(known, name)) return;
  throw new UnknownContainerRuntime(name, Object.keys(known ?? {}).filter((each) => !each.startsWith('io.containerd.')).sort());
}
