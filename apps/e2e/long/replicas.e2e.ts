import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Docker } from '../src/support/docker.ts';
import type { DeployResult } from '../src/support/documents.ts';
import { WorkTree } from '../src/support/git.ts';
import { StreamlitClient } from '../src/support/streamlit-client.ts';
import { execute, Installation } from '../src/support/weir.ts';

const APP = `import socket
import streamlit as st

st.session_state.setdefault('count', 0)
if st.button('More'):
    st.session_state.count += 1
st.text(f"counted {st.session_state.count} on {socket.gethostname()}")
`;
const BROWSERS = 60;
const RECONNECTS = 10;

interface App {
  readonly instances: readonly { readonly id: string; readonly status: string; readonly desired: string; readonly sockets: number }[];
}

let installation: Installation;
let live: DeployResult;
let tabs: StreamlitClient[];

const instances = async () => (await installation.json<App>('app', live.app)).instances.filter(({ desired }) => desired === 'running');
const where = (tab: StreamlitClient): string => / on (\w+)/.exec(tab.text())?.[1] ?? 'nowhere';
/** As the front end does, which asks until it is answered: in the first moment nobody knows yet that the instance is gone. */
const comeBack = (tab: StreamlitClient) => expect.poll(() => tab.reconnect().then(() => 'back', String), { timeout: 30_000 }).toBe('back');
const counted = (tab: StreamlitClient): number => Number(/counted (\d+)/.exec(tab.text())?.[1]);

beforeAll(async () => {
  installation = await Installation.start();
  const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit\n' });
  live = await installation.deploy(tree.folder, '--hostname', 'three');
});
afterAll(() => installation?.destroy());

describe('an app with three replicas', () => {
  it('has three healthy instances after `weir scale`', async () => {
    expect((await installation.weir('scale', 'three', '3', '--json')).code).toBe(0);
    await expect.poll(async () => (await instances()).map(({ status }) => status), { timeout: 60_000 }).toEqual(['healthy', 'healthy', 'healthy']);
  });

  it('spreads sixty browsers over them, and each comes back to its own over ten reconnects', async () => {
    tabs = await Promise.all(Array.from({ length: BROWSERS }, () => StreamlitClient.open({ gatewayUrl: installation.up.gatewayUrl, appUrl: live.url })));
    const homes = tabs.map(where);
    const sizes = [...Map.groupBy(homes, (home) => home).values()].map(({ length }) => length);
    expect(sizes).toHaveLength(3);
    expect(Math.min(...sizes)).toBeGreaterThan(BROWSERS / 6);
    for (let round = 1; round <= RECONNECTS; round++) {
      await Promise.all(tabs.map((tab) => tab.reconnect()));
      await Promise.all(tabs.map((tab) => tab.click('More')));
      expect(tabs.map(where)).toEqual(homes);
      expect(new Set(tabs.map(counted))).toEqual(new Set([round]));
    }
  });

  it('that loses one moves that one’s browsers, afresh and for good, and no others', async () => {
    const homes = tabs.map(where);
    const [lost] = homes;
    const container = (await new Docker(installation).containers('instance')).find((id) => id.startsWith(lost ?? ''));
    expect((await execute('docker', ['kill', container ?? ''])).code).toBe(0);
    await Promise.all(tabs.filter((_, i) => homes[i] === lost).map((tab) => tab.closed));
    await Promise.all(tabs.map(comeBack));
    await Promise.all(tabs.map((tab) => tab.click('More')));
    expect(new Set(tabs.map((tab, i) => `${homes[i] === lost} ${counted(tab)}`))).toEqual(new Set(['true 1', `false ${RECONNECTS + 1}`]));
    const after = tabs.map(where);
    expect(after.filter((_, i) => homes[i] !== lost)).toEqual(homes.filter((home) => home !== lost));
    await Promise.all(tabs.map((tab) => tab.reconnect()));
    await Promise.all(tabs.map((tab) => tab.click('More')));
    expect(tabs.map(where)).toEqual(after);
    await Promise.all(tabs.map((tab) => tab.close()));
  });

  it('drains what scaling down takes away', async () => {
    expect((await installation.weir('scale', 'three', '1', '--json')).code).toBe(0);
    await expect.poll(async () => (await new Docker(installation).containers('instance')).length, { timeout: 60_000 }).toBe(1);
  });
});
