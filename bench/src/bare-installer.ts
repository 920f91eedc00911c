import Docker from 'dockerode';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from './platform.ts';

const LABELS = { 'weir.bench': 'bare' };
const docker = new Docker();

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
