import { connect } from 'node:net';
import type Docker from 'dockerode';
import { finished } from './docker-stream.ts';

const ANSWER_LIMIT_MS = 3000;
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

/**
 * The official slim Python image from a registry, or none if no registry gives it.
 *
 * @param registry `HOST[:PORT]` the operator chose; the public one when not given
 */
export async function pullPython(docker: Docker, python: string, registry: string | undefined): Promise<string | undefined> {
  const [host = DEFAULT_REGISTRY, port = '443'] = (registry ?? DEFAULT_REGISTRY).split(':');
  if (!(await answersSoon(host, Number(port)))) return undefined;
  const name = `${registry ? `${registry}/library/` : ''}python:${python}-slim-bookworm`;
  try {
    await finished(docker, await docker.pull(name, { abortSignal: AbortSignal.timeout(180_000) }));
    return (await docker.getImage(name).inspect()).Id;
  } catch {
    return undefined; // a proxy that accepts and refuses is like no registry: the Debian mirror is next
  }
}
