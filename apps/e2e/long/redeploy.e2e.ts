import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Docker } from '../src/support/docker.ts';
import type { DeployResult } from '../src/support/documents.ts';
import { WorkTree } from '../src/support/git.ts';
import { StreamlitClient } from '../src/support/streamlit-client.ts';
import { visit } from '../src/support/visit.ts';
import { Installation } from '../src/support/weir.ts';

const app = (edition: number): string => `import streamlit as st\nst.button('Again')\nst.text('edition ${edition}')\n`;
const SOCKETS = 200;
const REDEPLOYS = 5;
const REQUEST_EVERY_MS = 20;

let installation: Installation;
let tree: WorkTree;
let live: DeployResult;

beforeAll(async () => {
  installation = await Installation.start();
  tree = await WorkTree.create({ 'streamlit_app.py': app(0), 'requirements.txt': 'streamlit\n' });
  live = await installation.deploy(tree.folder, '--hostname', 'busy');
});
afterAll(() => installation?.destroy());

/** Fifty requests a second while something happens; how often each outcome was seen. */
async function outcomesDuring(work: () => Promise<void>): Promise<Map<string, number>> {
  const asked: Promise<string>[] = [];
  const timer = setInterval(() => asked.push(visit(installation.up, live.url, '/').then(({ status }) => String(status), (error: unknown) => String(error))), REQUEST_EVERY_MS);
  await work().finally(() => clearInterval(timer));
  return new Map([...Map.groupBy(await Promise.all(asked), (outcome) => outcome)].map(([outcome, all]) => [outcome, all.length]));
}

describe('five redeploys in a row, under two hundred sockets and fifty requests a second', () => {
  it('fail no request and close no socket', async () => {
    const tabs = await Promise.all(Array.from({ length: SOCKETS }, () => StreamlitClient.open({ gatewayUrl: installation.up.gatewayUrl, appUrl: live.url })));
    const closed = new Set<StreamlitClient>();
    for (const tab of tabs) void tab.closed.then(() => closed.add(tab));
    const outcomes = await outcomesDuring(async () => {
      for (let edition = 1; edition <= REDEPLOYS; edition++) {
        await tree.commit({ 'streamlit_app.py': app(edition) }, `Edition ${edition}`);
        await installation.deploy(tree.folder, '--hostname', 'busy');
      }
    });
    expect([...outcomes.keys()]).toEqual(['200']);
    expect(outcomes.get('200')).toBeGreaterThan(100);
    expect(closed.size).toBe(0);
    await Promise.all(tabs.slice(0, 20).map((tab) => tab.click('Again')));
    expect(new Set(tabs.map((tab) => tab.text().match(/edition \d/)?.[0]))).toEqual(new Set(['edition 0']));
    const visitor = await StreamlitClient.open({ gatewayUrl: installation.up.gatewayUrl, appUrl: live.url });
    expect(visitor.text()).toContain(`edition ${REDEPLOYS}`);
    await Promise.all([...tabs, visitor].map((tab) => tab.close()));
  });

  it('leave no old container once the last old socket is gone', async () => {
    await expect.poll(async () => (await new Docker(installation).containers('instance')).length, { timeout: 60_000 }).toBe(1);
  });
});
