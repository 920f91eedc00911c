import { Agent, type AgentOptions } from 'node:http';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { CONNECT_MS, ConnectTimeout, KEEP_ALIVE_MS } from './dialling.ts';

/** uvicorn closes an idle connection after 5 s; a request sent at that moment would be lost. */
const IDLE_MS = 4_000;

/** node:http's pool of connections to upstreams. */
export class UpstreamAgent extends Agent {
  constructor(options: AgentOptions = {}) {
    super({ keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo', maxFreeSockets: 32, ...options });
  }

  override createConnection(options: NetConnectOpts): Socket {
    const socket = connect({ ...options, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    const deadline = setTimeout(() => socket.destroy(new ConnectTimeout()), CONNECT_MS);
    const settle = (): void => clearTimeout(deadline);
    return socket.once('connect', settle).once('close', settle);
  }
}
