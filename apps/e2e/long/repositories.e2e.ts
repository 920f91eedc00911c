import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkTree } from '../src/support/git.ts';
import { StreamlitClient } from '../src/support/streamlit-client.ts';
import { Installation } from '../src/support/weir.ts';
import { REPOSITORIES } from './repositories.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.start();
});
afterAll(() => installation?.destroy());

describe('a repository with', () => {
  it.each(REPOSITORIES.map((repository, index) => [repository.title, repository, index] as const))('%s is built as it asks, and opens', async (_, { files, entryFile, streamlit, shows }, index) => {
    const { folder } = await WorkTree.create(files);
    const { url } = await installation.deploy(folder, '--hostname', `repository-${index}`, ...(entryFile === undefined ? [] : ['--entry', entryFile]));
    const client = await StreamlitClient.open({ gatewayUrl: installation.up.gatewayUrl, appUrl: url, ...(streamlit !== undefined && { version: streamlit }) });
    expect(client.text()).toContain(shows);
    await client.close();
  });
});
