import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeployResult } from '../src/support/documents.ts';
import { WorkTree } from '../src/support/git.ts';
import { StreamlitClient } from '../src/support/streamlit-client.ts';
import { Installation } from '../src/support/weir.ts';
import { type Explained, FAILURES, WARNINGS } from './explained.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.start();
});
afterAll(() => installation?.destroy());

async function deploy({ files, entryFile }: Explained, hostname: string): Promise<DeployResult> {
  const { folder } = await WorkTree.create(files);
  return installation.json<DeployResult>('deploy', folder, '--hostname', hostname, ...(entryFile === undefined ? [] : ['--entry', entryFile]));
}

describe('a deployment that fails', () => {
  it.each(FAILURES.map((each, index) => [each.title, each, index] as const))('for %s is told so in one sentence', async (_, each, index) => {
    const { code, message, hint } = each;
    expect(await deploy(each, `failing-${index}`)).toMatchObject({ status: 'failed', failure: { code, message, hint } });
  });
});

describe('a script that raises', () => {
  it.each(WARNINGS.map((each, index) => [each.title, each, index] as const))('for %s leaves a warning with its deployment', async (_, each, index) => {
    const { url, deployment, status } = await deploy(each, `raising-${index}`);
    expect(status).toBe('live');
    const client = await StreamlitClient.open({ gatewayUrl: installation.up.gatewayUrl, appUrl: url, ...(each.streamlit !== undefined && { version: each.streamlit }) });
    await expect.poll(async () => (JSON.parse((await installation.api(`/v1/deployments/${deployment}`)).text) as { warnings: unknown[] }).warnings, { timeout: 60_000 }).toContainEqual(expect.objectContaining({ code: each.code, message: each.message }));
    await client.close();
  });
});
