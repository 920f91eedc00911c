import type Docker from 'dockerode';
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EgressPolicy } from '../egress/egress-policy.ts';
import { EgressProxy } from '../egress/egress-proxy.ts';
import { Sandbox } from './sandbox.ts';
import { SANDBOX_UID, sandboxContainer, type SandboxSpec } from './sandbox-spec.ts';

interface SandboxesOptions {
  readonly installation: string;
  readonly runtime: string;
  readonly caBundle: string | undefined;
  /** Short, because a unix socket's path has at most 107 bytes. */
  readonly runDir: string;
}

export interface Egress {
  readonly policy: EgressPolicy;
  readonly onDenied: (destination: string, why: string) => void;
}

/** Opens sandboxes, and finds those that an earlier life of this worker left behind. */
export class Sandboxes {
  /** A worker that is not root cannot give files away, so its sandboxes run as itself. */
  readonly uid = process.getuid?.() === 0 ? SANDBOX_UID : (process.getuid?.() ?? SANDBOX_UID);

  constructor(
    readonly docker: Docker,
    private readonly options: SandboxesOptions,
  ) {}

  async open(spec: SandboxSpec, signal: AbortSignal, egress?: Egress): Promise<Sandbox> {
    signal.throwIfAborted();
    const egressFolder = egress && join(this.#exits, randomBytes(6).toString('hex'));
    const proxy = egress && egressFolder ? new EgressProxy({ path: join(egressFolder, 'proxy.sock'), ...egress }) : undefined;
    if (egressFolder) await mkdir(egressFolder, { recursive: true, mode: 0o755 });
    await proxy?.listen();
    const release = async (): Promise<void> => {
      await proxy?.close();
      if (egressFolder) await rm(egressFolder, { recursive: true, force: true });
    };
    try {
      const container = await this.docker.createContainer(sandboxContainer(spec, { ...this.options, uid: this.uid, egressFolder }));
      const sandbox = new Sandbox(container, signal, release);
      try {
        await container.start();
        return sandbox;
      } catch (error) {
        await sandbox.close();
        throw error;
      }
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** Removes the exits of sandboxes that an earlier life of this worker left. Call before any is opened. */
  async sweepExits(): Promise<void> {
    await rm(this.#exits, { recursive: true, force: true });
  }

  get #exits(): string {
    return join(this.options.runDir, 'egress');
  }

  /** Removes containers of this installation that carry all these labels, running or not: they are gone then, whoever began it. */
  async sweep(labels: Readonly<Record<string, string>>): Promise<void> {
    const filters = { label: [`weir.installation=${this.options.installation}`, ...Object.entries(labels).map(([name, value]) => `${name}=${value}`)] };
    for (const { Id } of await this.docker.listContainers({ all: true, filters })) {
      const container = this.docker.getContainer(Id);
      const statusOf = (work: Promise<unknown>): Promise<number | undefined> => work.then(() => undefined, (error: { statusCode?: number }) => {
        if (![404, 409].includes(error.statusCode ?? 0)) throw error;
        return error.statusCode;
      });
      // 409: whoever opened it removes it already.
      if ((await statusOf(container.remove({ force: true, v: true }))) === 409) await statusOf(container.wait({ condition: 'removed' }));
    }
  }
}
