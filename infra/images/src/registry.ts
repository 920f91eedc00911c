import { connect } from 'node:net';
import type Docker from 'dockerode';
import { finished } from './docker-stream.ts';

const ANSWER_LIMIT_MS = 3000;
const ASK_LIMIT_MS = 10_000;
const DEFAULT_REGISTRY = 'registry-1.docker.io';

/** Whether something accepts a connection there soon enough to be worth asking. */
export function answersSoon(host: string, port: number, limitMs = ANSWER_LIMIT_MS): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: limitMs });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('timeout', () => end(false)).once('error', () => end(false));
  });
}

const nameOf = (python: string, registry: string | undefined): string => `${registry ? `${registry}/library/` : ''}python:${python}-slim-bookworm`;

const isThere = (registry: string | undefined): Promise<boolean> => {
  const [host = DEFAULT_REGISTRY, port = '443'] = (registry ?? DEFAULT_REGISTRY).split(':');
  return answersSoon(host, Number(port));
};

/** The name of the official slim Python image, if a registry gives it. @param registry as of `pullPython` */
export async function registryHas(docker: Docker, python: string, registry: string | undefined): Promise<string | undefined> {
  if (!(await isThere(registry))) return undefined;
  const name = nameOf(python, registry);
  return docker.getImage(name).distribution({ abortSignal: AbortSignal.timeout(ASK_LIMIT_MS) }).then(() => name, () => undefined); // as when pulling: a refusal is like no registry
}

/**
 * The official slim Python image from a registry, or none if no registry gives it.
 *
 * @param registry `HOST[:PORT]` the operator chose; the public one when not given
 */
export async function pullPython(docker: Docker, python: string, registry: string | undefined): Promise<{ id: string; from: string } | undefined> {
  if (!(await isThere(registry))) return undefined;
  const from = nameOf(python, registry);
  try {
    await finished(docker, await docker.pull(from, { abortSignal: AbortSignal.timeout(180_000) }));
    return { id: (await docker.getImage(from).inspect()).Id, from };
  } catch {
    return undefined; // a proxy that accepts and refuses is like no registry: the Debian mirror is next
  }
}
