import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DataFolder } from '@weir/installation/data-folder';
import { hostProblems } from './host-problems.ts';

const leak = { code: 'firewall.leaks', detail: 'No app is started, because one could reach 10.0.0.1:22.' };
const trusting = expect.objectContaining({ code: 'firewall.trusting' });
let data: DataFolder;
let told: { code: string; detail: string }[];
const worker = createServer((request, response) => response.writeHead(request.url === '/internal/healthz' ? 200 : 404).end(JSON.stringify({ ok: true, problems: told })));

beforeEach(async () => {
  data = new DataFolder(mkdtempSync(join(tmpdir(), 'weir-problems-')));
  told = [];
  await once(worker.listen(0, '127.0.0.1'), 'listening');
  data.write('plan.json', JSON.stringify({ ports: { worker: (worker.address() as AddressInfo).port } }));
});
afterEach(() => {
  if (worker.listening) worker.close();
  rmSync(data.path, { recursive: true });
});

it('what the worker tells of its host is shown', async () => {
  expect(await hostProblems(data)).toEqual([]);
  told = [leak];
  expect(await hostProblems(data)).toEqual([leak]);
});

it('that tenants are trusted is shown once, whether or not there is a worker to say so', async () => {
  data.settings = { ...data.settings, trustTenants: true };
  told = [{ code: 'firewall.trusting', detail: 'Tenants are trusted.' }];
  expect(await hostProblems(data)).toEqual([trusting]);
  worker.close();
  worker.closeAllConnections();
  expect(await hostProblems(data)).toEqual([trusting]);
});
