import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkTree } from '../src/support/git.ts';
import { StreamlitClient, type StreamlitTarget } from '../src/support/streamlit-client.ts';
import { generationOf } from '../src/support/streamlit-generation.ts';
import { Installation } from '../src/support/weir.ts';

/** From 1.12 to the newest: Tornado up to 1.56, Starlette from 1.57. The plan adds what they need and do not ask for. */
const VERSIONS = ['1.12.0', '1.28.0', '1.38.0', '1.46.0', '1.50.0', '1.57.0', 'newest'] as const;

/** Works with every one of them. */
const APP = `
import hashlib
from pathlib import Path

import streamlit as st
import streamlit.components.v1 as components

components.declare_component('box', path=str(Path(__file__).parent / 'box'))

st.title('Versions')
if 'clicks' not in st.session_state:
    st.session_state.clicks = 0
if st.button('Count'):
    st.session_state.clicks += 1
st.write('Clicks: %d' % st.session_state.clicks)
name = st.text_input('Name')
st.text('Name: ' + name)
file = st.file_uploader('File')
if file is not None:
    st.text('File: ' + hashlib.sha256(file.getvalue()).hexdigest())
st.download_button('Fetch', bytes(range(256)) * 256, 'all-bytes.bin')
`;
const COMPONENT = '<!doctype html><title>A box</title>\n';
const ALL_BYTES = Buffer.from(Array.from({ length: 65_536 }, (_, i) => i % 256));
const UPLOAD_BYTES = 50 * 1024 * 1024;

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.start();
});
afterAll(() => installation?.destroy());

describe.each(VERSIONS)('Streamlit %s behind the gateway', (version) => {
  const isNewest = version === 'newest';
  const streamlit = isNewest ? 'streamlit' : `streamlit==${version}`;
  let target: StreamlitTarget;
  let client: StreamlitClient;

  beforeAll(async () => {
    const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'box/index.html': COMPONENT, 'requirements.txt': `${streamlit}\n` });
    const { url } = await installation.deploy(tree.folder, '--hostname', `streamlit-${version.replaceAll('.', '-')}`);
    target = { gatewayUrl: installation.up.gatewayUrl, appUrl: url, ...(!isNewest && { version }) };
    client = await StreamlitClient.open(target);
  });
  afterAll(() => client?.close());

  it('runs the script as soon as a tab is open', () => {
    expect(client.text()).toContain('Clicks: 0');
    expect(client.version).toContain(isNewest ? '.' : version);
  });

  it('runs it again at a click and at an entry', async () => {
    await client.click('Count');
    expect(client.text()).toContain('Clicks: 1');
    await client.enter('Name', 'Ada');
    expect(client.text()).toContain('Name: Ada');
  });

  it('keeps the state of two tabs apart', async () => {
    const other = await StreamlitClient.open(target);
    expect(other.text()).toContain('Clicks: 0');
    await other.close();
  });

  it('takes an upload of 50 MB whole', async () => {
    const bytes = randomBytes(UPLOAD_BYTES);
    await client.upload('File', 'upload.bin', bytes);
    expect(client.text()).toContain(`File: ${createHash('sha256').update(bytes).digest('hex')}`);
  });

  it('gives a download byte by byte', async () => {
    expect((await client.download('Fetch')).equals(ALL_BYTES)).toBe(true);
  });

  it('serves the files of a component', async () => {
    const { status, body } = await client.browser.ask('/component/streamlit_app.box/index.html');
    expect([status, body.toString()]).toEqual([200, COMPONENT]);
  });

  it.skipIf(!generationOf(isNewest ? undefined : version).reconnects)('keeps a session whose socket was lost', async () => {
    const session = client.sessionId;
    await client.reconnect();
    await client.click('Count');
    expect(client.sessionId).toBe(session);
    expect(client.text()).toContain('Clicks: 2');
  });
});
