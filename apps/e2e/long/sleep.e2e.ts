import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Docker } from '../src/support/docker.ts';
import type { DeployResult } from '../src/support/documents.ts';
import { WorkTree } from '../src/support/git.ts';
import { StreamlitClient } from '../src/support/streamlit-client.ts';
import { visit } from '../src/support/visit.ts';
import { Installation } from '../src/support/weir.ts';

const APP = `import streamlit as st
st.session_state.setdefault('count', 0)
if st.button('More'):
    st.session_state.count += 1
st.text(f'counted {st.session_state.count}')
`;
const VISITORS = 100;

let installation: Installation;
let live: DeployResult;

const status = async () => (await installation.json<{ status: string }>('app', live.app)).status;
const document = () => visit(installation.up, live.url, '/', { Accept: 'text/html', 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate' });
const open = () => StreamlitClient.open({ gatewayUrl: installation.up.gatewayUrl, appUrl: live.url });
const containers = () => new Docker(installation).containers('instance');

async function putToSleep(depth: 'frozen' | 'stopped'): Promise<void> {
  expect((await installation.weir('sleep', 'drowsy', '--depth', depth, '--json')).code).toBe(0);
  await expect.poll(status).toBe('asleep');
}

beforeAll(async () => {
  installation = await Installation.start();
  const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit\n' });
  live = await installation.deploy(tree.folder, '--hostname', 'drowsy');
});
afterAll(() => installation?.destroy());

describe('a frozen app', () => {
  it('is woken by a click in an open tab, which loses nothing', async () => {
    const tab = await open();
    await tab.click('More');
    await putToSleep('frozen');
    await tab.click('More');
    expect(tab.text()).toContain('counted 2');
    await expect.poll(status).toBe('live');
    await tab.close();
  });

  it('answers the visit that wakes it', async () => {
    await putToSleep('frozen');
    const [container] = await containers();
    expect((await document()).status).toBe(200);
    await expect.poll(status).toBe('live');
    expect(await containers()).toEqual([container]);
  });
});

describe('a stopped app', () => {
  it('is started once for a hundred visitors', async () => {
    await putToSleep('stopped');
    await expect.poll(async () => (await containers()).length).toBe(0);
    const answers = await Promise.all(Array.from({ length: VISITORS }, document));
    expect(answers.filter((answer) => ![200, 503].includes(answer.status))).toEqual([]);
    await expect.poll(async () => (await document()).status, { timeout: 30_000 }).toBe(200);
    expect(await containers()).toHaveLength(1);
  });

  it('is not woken by the polls of tabs that were left open', async () => {
    await putToSleep('stopped');
    await expect.poll(async () => (await containers()).length).toBe(0); // it is asleep before its process has ended
    for (let poll = 0; poll < 20; poll++) expect((await visit(installation.up, live.url, '/_stcore/health')).status).toBe(503);
    expect(await status()).toBe('asleep');
    expect(await containers()).toEqual([]);
  });
});

describe('an app that may be idle for a minute', () => {
  it('falls asleep by itself, though a tab is open', async () => {
    await expect.poll(async () => (await document()).status, { timeout: 30_000 }).toBe(200);
    const tab = await open();
    expect((await installation.weir('set', 'drowsy', '--freeze-after', '1', '--json')).code).toBe(0);
    await expect.poll(status, { timeout: 120_000, interval: 1000 }).toBe('asleep');
    await tab.close();
  });
});
