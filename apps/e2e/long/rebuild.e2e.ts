import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { column } from '../src/support/database.ts';
import type { DeployResult } from '../src/support/documents.ts';
import { WorkTree } from '../src/support/git.ts';
import { visit } from '../src/support/visit.ts';
import { execute, Installation } from '../src/support/weir.ts';

const app = (edition: string): string => `import streamlit as st\nst.title('${edition} edition')\n`;
interface Release {
  readonly number: number;
  readonly state: string;
}

let installation: Installation;
let tree: WorkTree;
let first: DeployResult;

const lockOf = async (release: number): Promise<string> => (await installation.weir('releases', 'lost', '--lock', String(release))).stdout;
const states = async () => Object.fromEntries((await installation.json<Release[]>('releases', 'lost')).map(({ number, state }) => [number, state]));

/** As an operator does who cleans up. */
async function lose(...queries: string[]): Promise<void> {
  const images = (await Promise.all(queries.map((query) => column(installation, query)))).flat();
  const isThere = async (image: string) => (await execute('docker', ['image', 'inspect', image])).code === 0;
  // What still drains keeps its image for a moment.
  await expect.poll(async () => {
    for (const image of images) await execute('docker', ['image', 'rm', '--force', image]);
    return (await Promise.all(images.map(isThere))).includes(true);
  }, { timeout: 60_000, interval: 500 }).toBe(false);
}

beforeAll(async () => {
  installation = await Installation.start();
  tree = await WorkTree.create({ 'streamlit_app.py': app('First'), 'requirements.txt': 'streamlit\nsix==1.16.0\n' });
  first = await installation.deploy(tree.folder, '--hostname', 'lost');
  await tree.commit({ 'streamlit_app.py': app('Second'), 'requirements.txt': 'streamlit\nsix==1.17.0\n' }, 'Second');
  await installation.deploy(tree.folder, '--hostname', 'lost');
});
afterAll(() => installation?.destroy());

describe('a release whose image was removed by hand', () => {
  it('is gone back to all the same: built again with the packages that it had', async () => {
    const lock = await lockOf(1);
    expect(lock).toMatch(/^six==1\.16\.0 --hash=sha256:/m);
    await lose('select image from release where number = 1');
    expect((await installation.weir('rollback', 'lost', '1', '--dry-run')).stdout).toContain('it is built again');
    const back = await installation.json<DeployResult>('rollback', 'lost', '1');
    expect(back).toMatchObject({ status: 'live', release: first.release, commit: first.commit });
    expect(back.phases).toHaveProperty('environment');
    expect(await lockOf(1)).toBe(lock);
    expect(await states()).toEqual({ 1: 'live', 2: 'kept' });
  });

  it('is built again by itself when the app that runs it is to start', async () => {
    expect((await installation.weir('stop', 'lost')).code).toBe(0);
    await expect.poll(() => column(installation, "select id from instance where status <> 'stopped'"), { timeout: 60_000 }).toEqual([]);
    await lose('select image from release', 'select environment from release');
    expect((await installation.weir('start', 'lost')).code).toBe(0);
    await expect.poll(() => visit(installation.up, first.url).then(({ text }) => text, String), { timeout: 180_000, interval: 500 }).toBe('ok');
    await expect.poll(states).toEqual({ 1: 'live', 2: 'kept' });
    expect(await column(installation, "select status from deployment where reason = 'rebuild'")).toEqual(['live']);
    expect(await column(installation, "select text from log_line l join deployment d on d.id = l.subject where d.reason = 'rebuild' and text like '%exactly the packages of its lock.' and stream = 'system'")).toHaveLength(2);
    expect(await lockOf(1)).toMatch(/^six==1\.16\.0 --hash=sha256:/m);
  });

  it('whose commit is gone too is refused with that reason, and what is live stays', async () => {
    const bare = `${installation.dataDir}/git/${first.app}.git`;
    const [gone] = await column(installation, 'select commit from release where number = 2');
    await execute('rm', ['-f', `${bare}/objects/${gone?.slice(0, 2)}/${gone?.slice(2)}`]);
    await execute('sh', ['-c', `rm -rf '${bare}/objects/pack'`]);
    const back = await installation.json<DeployResult>('rollback', 'lost', '2');
    expect(back).toMatchObject({ status: 'failed', failure: { phase: 'fetch' } });
    expect(back.failure?.code).toMatch(/^source\.(commit_not_found|unreadable|branch_not_found|empty)$/);
    expect((await visit(installation.up, first.url)).text).toBe('ok');
    expect(await states()).toEqual({ 1: 'live', 2: 'kept' });
  });
});
