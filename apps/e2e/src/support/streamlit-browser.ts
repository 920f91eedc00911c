import { type IncomingMessage, request } from 'node:http';
import { WebSocket } from 'ws';

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** A browser profile at one app: dials the gateway's address, names the app in `Host`, and keeps cookies byte by byte. */
export class StreamlitBrowser {
  readonly #cookies = new Map<string, string>();
  readonly #gateway: URL;
  readonly #app: URL;

  constructor(gatewayUrl: string, appUrl: string) {
    this.#gateway = new URL(gatewayUrl);
    this.#app = new URL(appUrl);
  }

  /** A cookie's value; empty if there is none. */
  cookie(name: string): string {
    return this.#cookies.get(name) ?? '';
  }

  ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#gateway;
      const length = body ? { 'content-length': String(body.length) } : {};
      const call = request({ hostname, port, path, method, headers: { ...this.#headers(), ...length, ...headers }, agent: false }, (response) => {
        this.#keepCookies(response);
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
      });
      call.on('error', reject).end(body);
    });
  }

  /** Opens a WebSocket. Refused, it fails with the status in the message. */
  connect(path: string, subprotocols: readonly string[]): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://${this.#gateway.host}${path}`, [...subprotocols], { headers: { ...this.#headers(), origin: this.#app.origin }, perMessageDeflate: false, maxPayload: 0 });
      socket.once('upgrade', (response) => this.#keepCookies(response));
      socket.once('unexpected-response', (_, response) => reject(new Error(`${path} was refused with ${response.statusCode}`)));
      socket.once('open', () => resolve(socket)).once('error', reject);
    });
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { host: this.#app.host, ...(cookie && { cookie }) };
  }

  #keepCookies({ headers }: IncomingMessage): void {
    for (const line of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}
