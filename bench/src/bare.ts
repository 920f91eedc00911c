import Docker from 'dockerode';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Plan } from './platform.ts';

const LABELS = { 'weir.bench': 'bare' };
const POLL_MS = 10;
const LIMIT_MS = 120_000;
const docker = new Docker();

/** Milliseconds from nothing until a plain container of an image answers its health check, without limits, firewall or read-only root. */
export async function bootBare(image: string): Promise<number> {
  const startedAt = performance.now();
  const container = await docker.createContainer({ Image: image, Labels: LABELS });
  try {
    await container.start();
    const { NetworkSettings } = await container.inspect();
    const address = Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '';
    while (!(await isHealthy(`http://${address}:8501/_stcore/health`))) {
      if (performance.now() - startedAt > LIMIT_MS) throw new Error(`a bare container of ${image} did not become healthy`);
      await delay(POLL_MS);
    }
    return performance.now() - startedAt;
  } finally {
    await container.remove({ force: true, v: true });
  }
}

const isHealthy = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    get(url, { agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve(answer.statusCode === 200 && text.trim() === 'ok'));
    }).once('error', () => resolve(false));
  });

/** `uv` in a plain container of the builder image, with a package cache that stays. */
export class BareInstaller {
  readonly #container: Docker.Container;
  readonly #folder: string;
  #count = 0;

  private constructor(container: Docker.Container, folder: string) {
    this.#container = container;
    this.#folder = folder;
  }

  static async start({ builderImages, sources }: Plan): Promise<BareInstaller> {
    const folder = mkdtempSync(join(tmpdir(), 'weir-bench-bare-'));
    const [image = ''] = Object.values(builderImages);
    const env = [`UV_DEFAULT_INDEX=${sources.indexUrl}`, 'UV_CACHE_DIR=/work/cache', 'UV_PYTHON_DOWNLOADS=never', ...(sources.caBundle ? ['SSL_CERT_FILE=/ca.crt'] : [])];
    const binds = [`${folder}:/work`, ...(sources.caBundle ? [`${sources.caBundle}:/ca.crt:ro`] : [])];
    const container = await docker.createContainer({ Image: image, Cmd: ['sleep', 'infinity'], User: '0:0', Env: env, Labels: LABELS, HostConfig: { NetworkMode: 'host', Binds: binds, Init: true } });
    await container.start();
    return new BareInstaller(container, folder);
  }

  /** Milliseconds until a new environment holds these requirements. */
  async install(requirements: string): Promise<number> {
    const name = `env-${this.#count++}`;
    writeFileSync(join(this.#folder, 'requirements.txt'), requirements);
    const startedAt = performance.now();
    await this.#exec(['uv', 'venv', '--quiet', `/work/${name}`]);
    await this.#exec(['uv', 'pip', 'install', '--quiet', '--python', `/work/${name}/bin/python`, '-r', '/work/requirements.txt']);
    return performance.now() - startedAt;
  }

  async remove(): Promise<void> {
    await this.#container.remove({ force: true });
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #exec(argv: string[]): Promise<void> {
    const exec = await this.#container.exec({ Cmd: argv, AttachStdout: true, AttachStderr: true });
    const stream = await exec.start({});
    let said = '';
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await new Promise((resolve) => stream.once('end', resolve));
    const { ExitCode } = await exec.inspect();
    if (ExitCode !== 0) throw new Error(`${argv.slice(0, 3).join(' ')} ended with ${ExitCode}: ${said.slice(-1000)}`);
  }
}
