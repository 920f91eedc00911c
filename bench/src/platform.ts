import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './gateway/machine.ts';
import { run } from './run.ts';

const POLL_MS = 10;
const LIMIT_MS = 180_000;

export interface Up {
  readonly gatewayUrl: string;
  readonly appsDomain: string;
  readonly token: string;
}

/** What `up` decided, as far as a bare run must have the same. */
export interface Plan {
  readonly builderImages: Readonly<Record<string, string>>;
  readonly sources: { readonly indexUrl: string; readonly caBundle?: string };
}

/** An installation of its own, driven through `./weir` and `git` as people do. */
export class Platform {
  readonly #dataDir: string;
  readonly #up: Up;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(dataDir: string, up: Up) {
    this.#dataDir = dataDir;
    this.#up = up;
  }

  static async start(): Promise<Platform> {
    const dataDir = mkdtempSync(join(tmpdir(), 'weir-bench-'));
    const up = await run('./weir', ['up', '--detach', '--yes', '--json', '--data-dir', dataDir, '--port', String(await freePort())]).catch(async (error: unknown) => {
      await run('./weir', ['down', '--destroy', '--yes', '--data-dir', dataDir]);
      throw error;
    });
    return new Platform(dataDir, JSON.parse(lastLine(up)) as Up);
  }

  get plan(): Plan {
    return JSON.parse(readFileSync(join(this.#dataDir, 'plan.json'), 'utf8')) as Plan;
  }

  async weir<T>(...args: string[]): Promise<T> {
    return JSON.parse(lastLine(await run('./weir', [...args, '--json', '--data-dir', this.#dataDir]))) as T;
  }

  /** A repository whose pushes go to the app of that hostname. */
  async repository(hostname: string, files: Files): Promise<Repository> {
    const repository = await Repository.create(files);
    const basic = Buffer.from(`weir:${this.#up.token}`).toString('base64');
    await repository.git('config', 'http.extraHeader', `Authorization: Basic ${basic}`);
    await repository.git('remote', 'add', 'weir', `${this.#up.gatewayUrl}/git/${hostname}.git`);
    return repository;
  }

  /** Deploys an app and waits until it answers. */
  async deployed(hostname: string, files: Files): Promise<void> {
    const repository = await this.repository(hostname, files);
    await this.weir('deploy', repository.folder, '--hostname', hostname);
    repository.remove();
    await this.answered(hostname);
  }

  /** Asks for the app's page until an instance other than `before` answers 200, and gives that one. Asks anew 10 ms after each answer. */
  async answered(hostname: string, before?: string): Promise<string> {
    for (const limit = performance.now() + LIMIT_MS; performance.now() < limit; await delay(POLL_MS)) {
      const { status, instance } = await this.#page(hostname);
      if (status === 200 && instance !== undefined && instance !== before) return instance;
    }
    throw new Error(`${hostname} did not answer in time`);
  }

  /** Calls the public API. @throws Error with what it answered, if that is no success */
  async call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.#up.gatewayUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#up.token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    return (await answer.json()) as T;
  }

  /** Where a visitor of an app connects to, and the host it names. */
  door(hostname: string): { port: number; host: string } {
    const { port } = new URL(this.#up.gatewayUrl);
    return { port: Number(port), host: `${hostname}.${this.#up.appsDomain}` };
  }

  async destroy(): Promise<void> {
    this.#agent.destroy();
    await run('./weir', ['down', '--destroy', '--yes', '--data-dir', this.#dataDir]);
  }

  /** A browser without cookies is bound to the instance that answers it: so one knows which that was. */
  #page(hostname: string): Promise<{ status: number; instance: string | undefined }> {
    const { hostname: host, port } = new URL(this.#up.gatewayUrl);
    return new Promise((resolve, reject) => {
      const call = request({ host, port, agent: this.#agent, headers: { host: `${hostname}.${this.#up.appsDomain}`, accept: 'text/html' } }, (answer) => {
        answer.resume().once('end', () => resolve({ status: answer.statusCode ?? 0, instance: /weir_affinity=(ins_\w+)/.exec(String(answer.headers['set-cookie']))?.[1] }));
      });
      call.once('error', reject).end();
    });
  }
}

export type Files = Readonly<Record<string, string>>;

export class Repository {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(files: Files): Promise<Repository> {
    const repository = new Repository(mkdtempSync(join(tmpdir(), 'weir-bench-repository-')));
    await repository.git('init', '--quiet', '--initial-branch=main');
    await repository.commit(files);
    return repository;
  }

  git(...args: string[]): Promise<string> {
    return run('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], this.folder);
  }

  async commit(files: Files): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', 'next');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
