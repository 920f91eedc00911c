import Docker from 'dockerode';
import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import type { Platform } from '../platform.ts';
import { POLL_MS, timed, until } from '../waiting.ts';

interface AppView {
  readonly id: string;
  readonly sleeping: string;
  readonly release: { readonly image: string };
  readonly instances: readonly { readonly status: string }[];
}

const LIMIT_MS = 120_000;
const docker = new Docker();

/** One app of a platform: put to sleep over the API, woken by visits as browsers make them. */
export class SleepingApp {
  readonly #platform: Platform;
  readonly #hostname: string;

  constructor(platform: Platform, hostname: string) {
    this.#platform = platform;
    this.#hostname = hostname;
  }

  view(): Promise<AppView> {
    return this.#platform.call<AppView>('GET', `/apps/${this.#hostname}`);
  }

  /** Until its containers are as the depth says. */
  async sleep(depth: 'frozen' | 'stopped'): Promise<void> {
    await this.#platform.call('POST', `/apps/${this.#hostname}/sleep`, { depth });
    const { id } = await this.view();
    const wanted = depth === 'frozen' ? 'paused' : 'exited';
    await until(`${this.#hostname} to be ${depth}`, LIMIT_MS, async () => {
      const { sleeping } = await this.view();
      const containers = await docker.listContainers({ all: true, filters: { label: [`weir.app=${id}`, 'weir.kind=instance'] } });
      return sleeping === depth && containers.every(({ State }) => State === wanted);
    });
  }

  /** Milliseconds until the page's first byte. */
  async firstByte(): Promise<number> {
    return timed(() => this.#page());
  }

  /** Milliseconds until the page and then its WebSocket are there, as in a browser. */
  openSession(): Promise<number> {
    return timed(async () => (await this.connect()).close());
  }

  /** A session's socket; it answers the app's pings. */
  async connect(): Promise<WebSocket> {
    for (const limit = performance.now() + LIMIT_MS; ; await delay(POLL_MS)) {
      const socket = this.#socket(await this.#page());
      const open = await new Promise<boolean>((resolve) => socket.once('open', () => resolve(true)).once('error', () => resolve(false)));
      if (open) return socket;
      if (performance.now() > limit) throw new Error(`${this.#hostname} took no socket`);
    }
  }

  /** One request as an open page makes them. */
  async request(agent: Agent): Promise<number> {
    return (await this.#get('/_stcore/health', '*/*', agent)).status;
  }

  /** How many of its containers Docker started while something was done. */
  async startsDuring(work: () => Promise<unknown>): Promise<number> {
    const { id } = await this.view();
    const since = Math.floor(Date.now() / 1000);
    const events = await docker.getEvents({ since, filters: { event: ['start'], label: [`weir.app=${id}`, 'weir.kind=instance'] } });
    let starts = 0;
    events.on('data', (chunk: Buffer) => (starts += chunk.toString().split('\n').filter(Boolean).length));
    await work();
    await delay(1000); // Docker tells of the last one a moment later
    (events as NodeJS.ReadableStream & { destroy(): void }).destroy();
    return starts;
  }

  /** The page, asked for anew until it is there. @returns the cookies that came with it */
  async #page(): Promise<string> {
    let cookies = '';
    await until(`${this.#hostname} to answer`, LIMIT_MS, async () => {
      const answer = await this.#get('/', 'text/html');
      cookies = answer.cookies;
      return answer.status === 200;
    });
    return cookies;
  }

  #socket(cookies: string): WebSocket {
    const { port, host } = this.#platform.door(this.#hostname);
    return new WebSocket(`ws://127.0.0.1:${port}/_stcore/stream`, ['streamlit', 'PLACEHOLDER_AUTH_TOKEN'], { headers: { host, origin: `http://${host}`, cookie: cookies } });
  }

  /** Answers at its first byte, as soon as the status is known. */
  #get(path: string, accept: string, agent?: Agent): Promise<{ status: number; cookies: string }> {
    const { port, host } = this.#platform.door(this.#hostname);
    return new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, agent: agent ?? false, headers: { host, accept, ...(path === '/' && { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' }) } }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, cookies: (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]).join('; ') });
      }).once('error', reject);
    });
  }
}
