import { Agent, type AgentOptions } from 'node:http';
import { connect, type NetConnectOpts, type Socket } from 'node:net';

/** uvicorn closes an idle connection after 5 s; a request sent at that moment would be lost. */
const IDLE_MS = 4_000;
const CONNECT_MS = 2_000;
const KEEP_ALIVE_MS = 30_000;

/** No answer to a connection attempt in time, which is as good as refused. */
export class ConnectTimeout extends Error {
  readonly code = 'ECONNREFUSED';
}

/** Connects with a deadline of its own, since the kernel's is minutes. */
export function dial(options: NetConnectOpts): Socket {
  const socket = connect(options);
  socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
  const deadline = setTimeout(() => socket.destroy(new ConnectTimeout(`no connection within ${CONNECT_MS} ms`)), CONNECT_MS);
  const settle = (): void => clearTimeout(deadline);
  socket.once('connect', settle).once('close', settle);
  return socket;
}

/** The pool of connections to upstreams. */
export class UpstreamAgent extends Agent {
  constructor(options: AgentOptions = {}) {
    super({ keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo', maxFreeSockets: 32, ...options });
  }

  override createConnection(options: NetConnectOpts): Socket {
    return dial(options);
  }
}
