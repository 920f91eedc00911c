import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeployResult } from '../src/support/documents.ts';
import { WorkTree } from '../src/support/git.ts';
import { statusesDuring, visit } from '../src/support/visit.ts';
import { Installation } from '../src/support/weir.ts';

interface Status {
  readonly processes: readonly { readonly name: string; readonly status: string; readonly pid: number | null; readonly restarts: number }[];
}

const APP = "import streamlit as st\nst.title('Steady')\n";
let installation: Installation;
let tree: WorkTree;
let live: DeployResult;

const deploy = () => installation.weir('deploy', tree.folder, '--hostname', 'steady', '--json');
const status = () => installation.json<Status>('status');

beforeAll(async () => {
  installation = await Installation.start();
  tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit\n' });
  live = (await deploy()).json as DeployResult;
  if (live.status !== 'live') throw new Error(`the first deploy is ${live.status}: ${live.failure?.message}`);
});
afterAll(() => installation?.destroy());

/** Ends one process at once, and waits until its successor runs. */
async function kill(name: string): Promise<void> {
  const before = (await status()).processes.find((process) => process.name === name);
  process.kill(before?.pid ?? Number.NaN, 'SIGKILL');
  await expect.poll(async () => (await status()).processes.find((process) => process.name === name), { timeout: 30_000, interval: 200 }).toMatchObject({ status: 'running', restarts: (before?.restarts ?? 0) + 1 });
}

// A package of its own for each, or the build would find its environment made and be over before the kill.
describe.each([['control-plane', 'six'], ['worker', 'iniconfig'], ['postgres', 'sortedcontainers']])('a killed %s', (name, dependency) => {
  it('costs a visitor nothing', async () => {
    expect(await statusesDuring(installation.up, live.url, () => kill(name))).toEqual([200]);
  });

  it('in the middle of a build leaves exactly one outcome', async () => {
    await tree.commit({ 'streamlit_app.py': `${APP}# ${name}\n`, 'requirements.txt': `streamlit\n${dependency}\n` }, `While ${name} dies`);
    const deploying = deploy();
    const latest = async () => (JSON.parse((await installation.api(`/v1/apps/${live.app}`)).text) as { deployment: { status: string } | null }).deployment?.status;
    await expect.poll(() => latest().catch(() => 'unreachable'), { timeout: 60_000, interval: 30 }).toBe('building');
    await kill(name);
    const { json } = await deploying;
    expect(['live', 'failed']).toContain((json as DeployResult).status);
    await expect.poll(() => visit(installation.up, live.url).then(({ text }) => text), { timeout: 30_000 }).toBe('ok');
  });
});

describe('a killed gateway', () => {
  it('is back within three seconds, with its routes', async () => {
    await kill('gateway');
    await expect.poll(() => visit(installation.up, live.url).then(({ text }) => text, () => 'unreachable'), { timeout: 3000, interval: 50 }).toBe('ok');
  });
});

describe('everything killed', () => {
  it('is brought back by up, apps too', async () => {
    const { pid } = JSON.parse(readFileSync(join(installation.dataDir, 'supervisor.json'), 'utf8')) as { pid: number };
    const { processes } = await status();
    for (const victim of [pid, ...processes.map((process) => process.pid)]) if (victim) process.kill(victim, 'SIGKILL');
    const { code, stderr } = await installation.weir('up', '--detach', '--yes', '--json');
    expect(code, stderr).toBe(0);
    await expect.poll(() => visit(installation.up, live.url).then(({ text }) => text, () => 'unreachable'), { timeout: 60_000, interval: 200 }).toBe('ok');
  });
});
