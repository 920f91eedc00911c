import type { Phase } from '@weir/domain';
import { vi } from 'vitest';
import { withDatabase } from '../src/support/database.ts';
import type { DeployResult } from '../src/support/documents.ts';
import { WorkTree } from '../src/support/git.ts';
import { StreamlitClient } from '../src/support/streamlit-client.ts';
import { Installation } from '../src/support/weir.ts';

export interface Deployment {
  readonly id: string;
  readonly status: string;
  readonly phase: Phase | null;
  readonly attempt: number;
}

/** An app that is pushed again and again. */
export interface PushedApp {
  readonly tree: WorkTree;
  readonly live: DeployResult;
  edition: number;
  head: string;
}

const source = (edition: number): string => `import streamlit as st\nst.text('edition ${edition}.')\n`;

/** An installation of its own whose processes are struck while its apps are deployed. */
export class StruckPlatform {
  private constructor(readonly installation: Installation, readonly apps: readonly PushedApp[]) {}

  static async start(hostnames: readonly string[]): Promise<StruckPlatform> {
    const installation = await Installation.start();
    const apps = await Promise.all(hostnames.map(async (hostname) => {
      const tree = await WorkTree.create({ 'streamlit_app.py': source(0), 'requirements.txt': 'streamlit\n' });
      const live = await installation.deploy(tree.folder, '--hostname', hostname);
      return { tree, live, edition: 0, head: live.commit ?? '' };
    }));
    return new StruckPlatform(installation, apps);
  }

  query<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
    return withDatabase(this.installation, async (client) => (await client.query<T>(sql, values)).rows);
  }

  deployments = (): Promise<Deployment[]> => this.query<Deployment>('select id, status, phase, attempt from deployment order by id');

  pending = async (): Promise<Deployment[]> => (await this.deployments()).filter(({ status }) => ['queued', 'building', 'starting'].includes(status));

  async deployment(id: string): Promise<Deployment> {
    const [found] = await this.query<Deployment>('select id, status, phase, attempt from deployment where id = $1', id);
    if (!found) throw new Error(`there is no deployment ${id}`);
    return found;
  }

  /** The process of this name that runs now; 0 while there is none. */
  async pidOf(name: string): Promise<number> {
    // Without a control plane, it may be told of nothing but that.
    const { processes } = await this.installation.json<{ processes?: { name: string; status: string; pid: number | null }[] }>('status');
    const found = processes?.find((process) => process.name === name);
    return found?.status === 'running' ? (found.pid ?? 0) : 0;
  }

  /** Ends a process at once, and waits until its successor runs. */
  async kill(name: string, pid: number): Promise<void> {
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(async () => ![0, pid].includes(await this.pidOf(name)), { timeout: 60_000, interval: 300 });
  }

  /** Pushes an app's next edition until it is a deployment. @param needs a requirement that its environment lacks */
  async push(app: PushedApp, needs?: string): Promise<string> {
    app.edition++;
    app.head = await app.tree.commit({ 'streamlit_app.py': source(app.edition), ...(needs !== undefined && { 'requirements.txt': `streamlit\n${needs}\n` }) }, `Edition ${app.edition}`);
    const remote = new URL(`${this.installation.up.gatewayUrl}/git/${app.live.app}.git`);
    remote.username = 'weir';
    remote.password = this.installation.up.token;
    const made = async () => (await this.query<Deployment>('select id from deployment where app_id = $1 and commit = $2', app.live.app, app.head))[0]?.id;
    for (const began = Date.now(); Date.now() - began < 60_000; ) {
      // It ends with its deployment or with its worker, whichever is first.
      let over = false;
      void app.tree.git('push', remote.href, 'main').catch(() => undefined).finally(() => (over = true));
      for (let id = await made(); id !== undefined || !over; id = await made()) if (id !== undefined) return id;
    }
    throw new Error('the push was not taken within a minute');
  }

  /** Which commit of an app is live, and what a new visitor sees. */
  async shown({ live }: PushedApp): Promise<{ commit: string | undefined; text: string }> {
    const app = JSON.parse((await this.installation.api(`/v1/apps/${live.app}`)).text) as { release: { commit: string } | null };
    const visitor = await StreamlitClient.open({ gatewayUrl: this.installation.up.gatewayUrl, appUrl: live.url });
    const text = visitor.text();
    await visitor.close();
    return { commit: app.release?.commit, text };
  }

  outcomes = async (): Promise<unknown[]> => (await this.deployments()).map(({ id, status }) => ({ id, status }));
}
