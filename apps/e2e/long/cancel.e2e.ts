import type { AppView, DeploymentView } from '@weir/contracts';
import { existsSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Docker } from '../src/support/docker.ts';
import type { DeployResult } from '../src/support/documents.ts';
import { WorkTree } from '../src/support/git.ts';
import { type CommandResult, execute, Installation } from '../src/support/weir.ts';

/** What everything that a deployment had must be gone within. */
const FREED_MS = 10_000;
const WITHIN = { timeout: FREED_MS, interval: 100 };
/** It compiles for as long as it is let, without hearing that it shall end. Builds of one workspace wait for each other's packages at the same path: each has its own. */
const endless = (folder: string): Readonly<Record<string, string>> => ({
  'main.py': READY,
  'requirements.txt': `${REQUIREMENTS}./${folder}\n`,
  [`${folder}/setup.py`]: 'import os, signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nos.fork()\nwhile time.sleep(0.01) is None: sum(range(10000))\n',
  [`${folder}/pyproject.toml`]: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
});
/** It never listens, nor ends when asked to. */
const NEVER_READY = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)\nfrom fastapi import FastAPI\napp = FastAPI()\n";
const READY = "from fastapi import FastAPI\napp = FastAPI()\n\n\n@app.get('/')\ndef page():\n    return 'ready'\n";
const REQUIREMENTS = 'fastapi\nuvicorn\n';

let installation: Installation;
let docker: Docker;
/** A Git server that takes connections and says nothing. */
let silent: Server;
let apps = 0;
let endlessOnes = 0;

beforeAll(async () => {
  silent = createServer();
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  installation = await Installation.start(['--allow-git-host', silentHost()]);
  docker = new Docker(installation);
});
afterAll(async () => {
  await installation?.destroy();
  silent?.close();
});

const silentHost = (): string => `127.0.0.1:${(silent.address() as AddressInfo).port}`;
const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const { status, text } = await installation.api(`/v1${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  if (status >= 300) throw new Error(`${method} ${path} was answered ${status}: ${text}`);
  return JSON.parse(text) as T;
};
const read = (id: string) => ask<DeploymentView>('GET', `/deployments/${id}`);
const cancel = (id: string) => ask<DeploymentView>('POST', `/deployments/${id}/cancel`);
const logOf = async (id: string): Promise<string> => (await ask<{ lines: { text: string }[] }>('GET', `/apps/${(await read(id)).app}/logs?kind=build&deployment=${id}&limit=1000`)).lines.map(({ text }) => text).join('\n');

interface Underway { readonly hostname: string; readonly id: string; readonly tree?: WorkTree; readonly command?: Promise<CommandResult> }

/** Begins to deploy a folder as a new app. */
async function deploy(files: Readonly<Record<string, string>>): Promise<Underway> {
  const [hostname, tree] = [`phase-${++apps}`, await WorkTree.create(files)];
  const command = installation.weir('deploy', tree.folder, '--hostname', hostname, '--json');
  const newest = async () => JSON.parse((await installation.api(`/v1/apps/${hostname}`)).text) as Partial<AppView>;
  await expect.poll(async () => (await newest()).deployment?.id, { timeout: 60_000 }).toBeDefined();
  return { hostname, id: (await newest()).deployment?.id ?? '', tree, command };
}

/** Begins to deploy a repository of the server that says nothing. */
async function deployFromSilence(): Promise<Underway> {
  const { hostname } = await ask<AppView>('POST', '/apps', { hostname: `phase-${++apps}`, source: { kind: 'git', url: `http://${silentHost()}/app.git` } });
  return { hostname, id: (await ask<DeploymentView>('POST', `/apps/${hostname}/deployments`, {})).id };
}

/** What the engine, the disk and the mounts still have of a deployment. */
async function leftOf(id: string): Promise<string[]> {
  const labelled = ['--filter', `label=weir.deployment=${id}`];
  const [containers, images] = await Promise.all([execute('docker', ['ps', '--all', '--quiet', ...labelled]), execute('docker', ['images', '--all', '--quiet', '--filter', 'label=weir.kind=image', ...labelled])]);
  const caches = join(installation.dataDir, 'cache');
  const disks = existsSync(caches) ? readdirSync(caches).map((name) => join(caches, name, 'environments')).filter((path) => existsSync(path)) : [];
  const folders = [join(installation.dataDir, 'builds'), join(installation.dataDir, 'held-builds'), ...disks].filter((path) => existsSync(path)).flatMap((path) => readdirSync(path).filter((name) => name.startsWith(id)).map((name) => join(path, name)));
  const instances = (await docker.inspect('instance')).filter(({ Config }) => Object.values(Config.Labels).includes(id)).map(({ Id }) => Id);
  return [...containers.stdout.split('\n'), ...images.stdout.split('\n'), ...folders, ...instances].filter((line) => line !== '');
}

const expectGone = async (id: string, status: 'cancelled' | 'superseded'): Promise<void> => {
  await expect.poll(async () => [(await read(id)).status, ...(await leftOf(id))], WITHIN).toEqual([status]);
};

/** It has all it had until the newer one is taken, which comes by a push. */
const expectReplaced = async (id: string): Promise<void> => {
  await expect.poll(async () => (await read(id)).status, { timeout: 60_000, interval: 100 }).toBe('superseded');
  await expectGone(id, 'superseded');
};

const COMPILES = 'environment, while it compiles';
/** Each phase, and how to be in it. Some are short: then it is met a little later, which is a phase too, but never live. */
const PHASES: Readonly<Record<string, { begin: () => Promise<Underway>; there: (view: DeploymentView) => boolean | Promise<boolean> }>> = {
  fetch: { begin: deployFromSilence, there: ({ phase, status }) => status === 'building' && phase === 'fetch' },
  plan: { begin: () => deploy({ 'main.py': READY, 'requirements.txt': `${REQUIREMENTS}six\n` }), there: ({ phase }) => phase !== 'queued' && phase !== 'fetch' },
  [COMPILES]: { begin: () => deploy(endless(`endless-${++endlessOnes}`)), there: async ({ id, phase }) => phase === 'environment' && (await logOf(id)).includes('Installing') && (await compiles()) },
  'environment, while it is stored': { begin: () => deploy({ 'main.py': READY, 'requirements.txt': `${REQUIREMENTS}pandas\nscipy\nplotly\n` }), there: async ({ id }) => (await logOf(id)).includes('Storing the environment') },
  image: { begin: () => deploy({ 'main.py': NEVER_READY, 'requirements.txt': REQUIREMENTS }), there: ({ phase }) => phase === 'image' || phase === 'start' || phase === 'healthy' },
  start: { begin: () => deploy({ 'main.py': NEVER_READY, 'requirements.txt': REQUIREMENTS }), there: ({ status }) => status === 'starting' },
  'health, of an app that hears no signal': { begin: () => deploy({ 'main.py': NEVER_READY, 'requirements.txt': REQUIREMENTS }), there: async ({ id }) => (await docker.inspect('instance')).some(({ Config }) => Object.values(Config.Labels).includes(id)) },
};
/** Whether a package is being compiled now. */
async function compiles(): Promise<boolean> {
  for (const id of await docker.containers('build')) if ((await execute('docker', ['top', id, '-eo', 'pid,args'])).stdout.includes('setup')) return true;
  return false;
}

const reach = async (phase: string): Promise<Underway> => {
  const { begin, there } = PHASES[phase]!;
  const underway = await begin();
  await expect.poll(async () => there(await read(underway.id)), { timeout: 120_000, interval: 20 }).toBe(true);
  return underway;
};

describe.each(Object.keys(PHASES))('in the phase %s', (phase) => {
  it('a cancelled deployment ends as that, and all it had is free', async () => {
    const { id, command } = await reach(phase);
    await cancel(id);
    await expectGone(id, 'cancelled');
    const ended = (await command)?.json as DeployResult | undefined;
    expect(ended?.status ?? 'cancelled').toBe('cancelled');
  });

  it('one that a newer replaces ends as that, and the newer goes on', async () => {
    const { hostname, id, command, tree } = await reach(phase);
    if (tree) {
      await tree.commit({ 'main.py': `${READY}# mended\n`, 'requirements.txt': REQUIREMENTS }, 'Mended');
      await Promise.all([installation.deploy(tree.folder, '--hostname', hostname), expectReplaced(id)]);
      await command;
    } else {
      const next = await ask<DeploymentView>('POST', `/apps/${hostname}/deployments`, {});
      await expectGone(id, 'superseded');
      await cancel(next.id);
      await expectGone(next.id, 'cancelled');
    }
    expect((await read(id)).status).toBe('superseded');
  });
});

describe('in the phase queued', () => {
  it('a third build says its place, and the place of one that is cancelled is free for it', async () => {
    const [one, other] = await Promise.all([reach(COMPILES), reach(COMPILES)]); // not fetches: those end by themselves after a while
    const third = await deployFromSilence();
    const fourth = await deployFromSilence();
    expect([await read(third.id), await read(fourth.id)]).toMatchObject([{ status: 'queued', queuePosition: 1 }, { status: 'queued', queuePosition: 2 }]);
    await cancel(one.id);
    await expect.poll(async () => (await read(third.id)).status, WITHIN).toBe('building');
    expect(await read(fourth.id)).toMatchObject({ status: 'queued', queuePosition: 1 });
    await cancel(fourth.id);
    await expectGone(fourth.id, 'cancelled');
    await Promise.all([other, third].map(({ id }) => cancel(id)));
    await Promise.all([one, other, third].map(({ id }) => expectGone(id, 'cancelled')));
  });
});

describe('after all that', () => {
  it('no sandbox is left, and both places build', async () => {
    await expect.poll(() => docker.containers('build'), WITHIN).toEqual([]);
    const both = await Promise.all([reach('fetch'), reach('fetch')]);
    expect((await Promise.all(both.map(({ id }) => cancel(id)))).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  });
});
