import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, type Installation } from './weir.ts';

/** What `docker inspect` says of a container, as far as it is looked at. */
export interface Container {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly Config: { readonly User: string; readonly Labels: Readonly<Record<string, string>>; readonly Env: readonly string[] };
  readonly HostConfig: Readonly<Record<string, unknown>> & { readonly SecurityOpt: readonly string[]; readonly Memory: number; readonly Binds: readonly string[] | null; readonly NetworkMode: string };
  readonly NetworkSettings: { readonly Ports: Readonly<Record<string, unknown>>; readonly Networks: Readonly<Record<string, unknown>> };
}

export type Kind = 'instance' | 'build' | 'git' | 'network' | 'image' | 'environment';

/** The Docker engine as an operator sees it, narrowed to what one installation made. */
export class Docker {
  readonly id: string;

  constructor(installation: Installation) {
    this.id = (JSON.parse(readFileSync(join(installation.dataDir, 'installation.json'), 'utf8')) as { id: string }).id;
  }

  async #lines(...args: string[]): Promise<string[]> {
    const { code, stdout, stderr } = await execute('docker', args);
    if (code !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`);
    return [...new Set(stdout.split('\n').filter((line) => line !== ''))].toSorted();
  }

  #mine(kind?: Kind): string[] {
    return ['--filter', `label=weir.installation=${this.id}`, ...(kind ? ['--filter', `label=weir.kind=${kind}`] : [])];
  }

  containers = (kind?: Kind): Promise<string[]> => this.#lines('ps', '--all', '--no-trunc', '--quiet', ...this.#mine(kind));
  images = (kind?: Kind): Promise<string[]> => this.#lines('images', '--all', '--no-trunc', '--quiet', ...this.#mine(kind));
  volumes = (): Promise<string[]> => this.#lines('volume', 'ls', '--quiet', ...this.#mine());
  /** The apps that have a network. */
  networks = (): Promise<string[]> => this.#lines('network', 'ls', '--format', '{{.Label "weir.app"}}', ...this.#mine());

  /** Names of images and networks, found without their labels. */
  async named(): Promise<string[]> {
    const names = [...(await this.#lines('images', '--format', '{{.Repository}}:{{.Tag}}')), ...(await this.#lines('network', 'ls', '--format', '{{.Name}}')), ...(await this.#lines('ps', '--all', '--format', '{{.Names}}'))];
    return names.filter((name) => name.includes(this.id));
  }

  /** Those that are still there when they are looked at. */
  async inspect(kind?: Kind): Promise<Container[]> {
    const found = await Promise.all((await this.containers(kind)).map((id) => execute('docker', ['inspect', id])));
    return found.filter(({ code }) => code === 0).flatMap(({ stdout }) => JSON.parse(stdout) as Container[]);
  }
}
