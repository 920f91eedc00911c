import Docker from 'dockerode';
import { get } from 'node:http';
import { timed, until } from './waiting.ts';

const LABELS = { 'weir.bench': 'bare' };
const LIMIT_MS = 120_000;
const docker = new Docker();

/** A plain container of an app's image: no limits, no firewall, a root that can be written. */
export class BareContainer {
  readonly #container: Docker.Container;

  private constructor(container: Docker.Container) {
    this.#container = container;
  }

  static async create(image: string): Promise<BareContainer> {
    return new BareContainer(await docker.createContainer({ Image: image, Labels: LABELS }));
  }

  /** Milliseconds from `docker start` until its health check is content. */
  start(): Promise<number> {
    return timed(async () => {
      await this.#container.start();
      const address = await this.#address();
      await until('a bare container', LIMIT_MS, async () => (await ask(`${address}/_stcore/health`)) === '200 ok');
    });
  }

  /** Milliseconds from `docker unpause` until its page answers. */
  async unpause(): Promise<number> {
    const address = await this.#address();
    return timed(async () => {
      await this.#container.unpause();
      await until('a bare container', LIMIT_MS, async () => (await ask(`${address}/`)).startsWith('200 '));
    });
  }

  async pause(): Promise<void> {
    await this.#container.pause();
  }

  async stop(): Promise<void> {
    await this.#container.stop({ t: 1 });
  }

  async remove(): Promise<void> {
    await this.#container.remove({ force: true, v: true });
  }

  async #address(): Promise<string> {
    const { NetworkSettings } = await this.#container.inspect();
    return `http://${Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? ''}:8501`;
  }
}

/** Milliseconds from nothing until a plain container of an image is healthy. */
export async function bootBare(image: string): Promise<number> {
  let container: BareContainer | undefined;
  try {
    return await timed(async () => {
      container = await BareContainer.create(image);
      await container.start();
    });
  } finally {
    await container?.remove();
  }
}

/** Status and body; nothing while nobody answers. */
const ask = (url: string): Promise<string> =>
  new Promise((resolve) => {
    get(url, { agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve(`${answer.statusCode} ${text.trim()}`));
    }).once('error', () => resolve(''));
  });
