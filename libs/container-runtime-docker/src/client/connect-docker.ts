import Docker from 'dockerode';

/** No request to the engine waits longer than this for its next byte. */
export const CALL_TIMEOUT_MS = 30_000;

/** A Docker Engine, reached in two ways. */
export interface DockerConnection {
  /** For everything that ends: fails after {@link CALL_TIMEOUT_MS} of silence. */
  readonly calls: Docker;
  /** For what goes on for ever, such as events and followed logs. */
  readonly streams: Docker;
}

const DEFAULT_HOST = 'unix:///var/run/docker.sock';

/**
 * Connects to an engine. Paths carry no API version: the engine takes its own newest.
 *
 * @param host as `DOCKER_HOST` has it: `unix:///path` or `tcp://host:port`
 */
export function connectDocker(host: string = DEFAULT_HOST, timeoutMs: number = CALL_TIMEOUT_MS): DockerConnection {
  const url = new URL(host);
  const where = url.protocol === 'unix:' ? { socketPath: url.pathname } : { protocol: 'http' as const, host: url.hostname, port: Number(url.port || 2375) };
  return { calls: new Docker({ ...where, timeout: timeoutMs }), streams: new Docker(where) };
}
