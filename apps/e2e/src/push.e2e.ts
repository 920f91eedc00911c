import { type Phase, PHASES } from '@weir/domain';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppPage } from './support/app-page.ts';
import { openBrowser } from './support/browser.ts';
import type { DeployResult } from './support/documents.ts';
import { WorkTree } from './support/git.ts';
import { installation } from './support/shared.ts';

interface Deployment {
  readonly id: string;
  readonly reason: string;
  readonly status: string;
  readonly commit: string;
  readonly phases: Partial<Record<Phase, number>>;
}

const app = (title: string): string => `import streamlit as st

st.title('${title}')
st.session_state.setdefault('count', 0)


def count():
    st.session_state.count += 1


st.button('Count', on_click=count)
st.metric('Counted', st.session_state.count)
`;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe('a push', () => {
  let live: DeployResult;
  let words: string;
  let commit: string;

  it('leaves an open tab its session until it reloads, while new visitors get the new version', async () => {
    const tree = await WorkTree.create({ 'streamlit_app.py': app('First edition'), 'requirements.txt': 'streamlit>=1.40,<2\n' });
    live = await installation.deploy(tree.folder, '--hostname', 'pushed');
    const open = await AppPage.open(browser, live.url, 'First edition');
    await open.click('Count');
    await expect.poll(() => open.metric('Counted')).toBe('1');

    commit = await tree.commit({ 'streamlit_app.py': app('Second edition') }, 'Second edition');
    const remote = new URL(`${installation.up.gatewayUrl}/git/${live.app}.git`);
    remote.username = 'weir';
    remote.password = installation.up.token;
    words = await tree.git('push', remote.href, 'main');

    await AppPage.open(browser, live.url, 'Second edition');
    await open.click('Count');
    await expect.poll(() => open.metric('Counted')).toBe('2');
    await expect.poll(() => open.text()).toContain('First edition');

    await open.tab.reload();
    const reloaded = await AppPage.of(open.tab, 'Second edition');
    await expect.poll(() => reloaded.metric('Counted')).toBe('0');
  });

  it('streams the build log back, with the address at its end', () => {
    expect(words).toContain('Runs streamlit_app.py');
    expect(words).toContain(live.url.replace(/\/$/, ''));
  });

  it('of source alone installs nothing, and its phases are on record', async () => {
    const [newest] = await installation.json<Deployment[]>('deployments', 'pushed');
    expect(newest).toMatchObject({ reason: 'push', status: 'live', commit });
    expect(Object.keys(newest?.phases ?? {}).toSorted()).toEqual(PHASES.toSorted());
    expect(newest?.phases.environment).toBeLessThan(1000);
    const log = await installation.weir('logs', 'pushed', '--build', newest?.id ?? '');
    expect(log.stdout).toContain('Nothing to install: the environment is the one of an earlier build.');
    expect(log.stdout).not.toContain('Installing');
  });
});
