import { Wire } from './wire.ts';

const COMMON = [
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Accept-Language: en-GB,en;q=0.9,de;q=0.8',
  'Accept-Encoding: gzip, deflate, br, zstd',
];
const XSRF = '_streamlit_xsrf=2|8d3f6c1b|5d1e0f7a9c2b4e6d8f0a1c3e5b7d9f11|1764000000';

/** What a browser sends to one app: its headers, and the cookies it was given. */
export class Visitor {
  readonly #host: string;
  readonly #cookies: string;

  private constructor(host: string, cookies: string) {
    this.#host = host;
    this.#cookies = cookies;
  }

  /** Opens the app's page once, to be bound to an instance where the peer does so. */
  static async arrive(port: number, host: string): Promise<Visitor> {
    const wire = new Wire(port, () => undefined);
    const { status, head } = await wire.ask(`GET / HTTP/1.1\r\nHost: ${host}\r\n${COMMON.join('\r\n')}\r\nAccept: text/html\r\nSec-Fetch-Dest: document\r\n\r\n`);
    wire.socket.destroy();
    if (status !== 200) throw new Error(`${host} answered ${status}`);
    const given = [...head.matchAll(/\r\nset-cookie: *([^;\r]+)/gi)].map(([, cookie]) => cookie);
    return new Visitor(host, [XSRF, ...given].join('; '));
  }

  /** A part that the page's script fetches. */
  get(path: string): string {
    return this.#request(path, ['Accept: */*', 'Sec-Fetch-Dest: empty', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Site: same-origin', `Referer: http://${this.#host}/`, 'Connection: keep-alive']);
  }

  upgrade(query: string): string {
    return this.#request(`/_stcore/stream${query}`, [
      `Origin: http://${this.#host}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol: streamlit, PLACEHOLDER_AUTH_TOKEN',
    ]);
  }

  #request(target: string, headers: readonly string[]): string {
    return `GET ${target} HTTP/1.1\r\n${[`Host: ${this.#host}`, ...COMMON, ...headers, `Cookie: ${this.#cookies}`].join('\r\n')}\r\n\r\n`;
  }
}

/** One of each app, in turn, up to `count`. */
export async function visitors(port: number, hosts: readonly string[], count: number): Promise<Visitor[]> {
  const each = await Promise.all(hosts.map((host) => Visitor.arrive(port, host)));
  return Array.from({ length: count }, (_, i) => each[i % each.length]).filter((visitor) => visitor !== undefined);
}
