import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { benchSnapshot } from '../gateway/peers/weir.ts';

/** The two endpoints of the control plane that a gateway asks, without what is behind them. */
export class PretendControlPlane {
  readonly url: string;
  readonly #server: Server;
  readonly #snapshot: object;
  #cursor = 1;
  #changes: { cursor: number; route: object }[] = [];
  #waiting: ServerResponse | undefined;

  private constructor(server: Server, routes: readonly object[]) {
    this.#server = server;
    this.#snapshot = benchSnapshot(routes);
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (message, response) => this.#answer(message, response));
  }

  static async open(routes: readonly object[]): Promise<PretendControlPlane> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new PretendControlPlane(server, routes);
  }

  /** The gateway has everything and asks for what comes next. */
  get isFollowed(): boolean {
    return this.#waiting !== undefined;
  }

  /** One route more, told at once to who waits. */
  add(route: object): void {
    this.#changes = [{ cursor: ++this.#cursor, route }];
    if (this.#waiting) this.#send(this.#waiting, this.#delta());
    this.#waiting = undefined;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(message: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(message.url ?? '/', this.url);
    if (pathname !== '/internal/routes') return void message.resume().once('end', () => response.writeHead(204).end());
    const after = Number(searchParams.get('after') ?? -1);
    if (after < 1) return this.#send(response, { ...this.#snapshot, cursor: this.#cursor, full: true, removed: [] });
    if (after < this.#cursor) return this.#send(response, this.#delta());
    this.#waiting = response;
    const limit = setTimeout(() => response.writableEnded || this.#send(response, { ...this.#delta(), routes: [] }), Number(searchParams.get('waitMs')));
    response.once('close', () => clearTimeout(limit));
  }

  #delta(): object {
    return { ...benchSnapshot(this.#changes.map(({ route }) => route)), cursor: this.#cursor, full: false, removed: [] };
  }

  #send(response: ServerResponse, update: object): void {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(update));
  }
}
