import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../testing/caller.ts';
import { INTERNAL_TOKEN, type RunningControlPlane, runControlPlane } from '../testing/running-control-plane.ts';

const VIEW = { url: 'https://git.example.org/a.git', defaultBranch: 'main', branches: ['main'], entryFiles: [{ path: 'app.py', why: 'imports streamlit' }], plan: null };

let worker: Server;
let asked = 0;
let plane: RunningControlPlane;
let owner: Caller;
beforeAll(async () => {
  worker = createServer((request, response) => {
    asked++;
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { url } = JSON.parse(text) as { url: string };
      const known = request.headers.authorization === `Bearer ${INTERNAL_TOKEN}`;
      const missing = { type: 'x', title: 'x', status: 422, code: 'source.not_found', detail: 'There is no repository at this address.' };
      response.statusCode = known ? (url.includes('missing') ? 422 : url.includes('broken') ? 500 : 200) : 401;
      response.end(url.includes('broken') ? '<html>' : JSON.stringify(url.includes('missing') ? missing : VIEW));
    });
  });
  await new Promise<void>((resolve) => void worker.listen(0, '127.0.0.1', resolve));
  plane = await runControlPlane({ WEIR_WORKER_URL: `http://127.0.0.1:${(worker.address() as AddressInfo).port}` });
  owner = await plane.caller('owner');
});
afterAll(async () => {
  await plane.close();
  worker.close();
});

const inspect = (url: string, caller = owner) => caller.call('POST', '/repositories/inspect', { url });

describe('inspecting a repository', () => {
  it('shows what the worker read', async () => {
    expect(await inspect(VIEW.url)).toMatchObject({ status: 200, body: VIEW });
  });

  it("tells the worker's reason, and is unavailable when the worker is", async () => {
    expect(await inspect('https://git.example.org/missing.git')).toMatchObject({ status: 422, body: { code: 'source.not_found', detail: 'There is no repository at this address.' } });
    expect(await inspect('https://git.example.org/broken.git')).toMatchObject({ status: 503, body: { code: 'worker.unavailable' } });
  });

  it('asks the worker nothing for a URL or a role that may not', async () => {
    const before = asked;
    expect(await inspect('file:///etc/passwd')).toMatchObject({ status: 422, body: { code: 'source.url_scheme', errors: [{ field: 'url' }] } });
    expect(await inspect(VIEW.url, await plane.caller('viewer', owner.workspaceId))).toMatchObject({ status: 403 });
    expect(asked).toBe(before);
  });
});
