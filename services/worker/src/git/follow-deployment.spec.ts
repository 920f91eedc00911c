import { InternalClient } from '@weir/api-client';
import { newId } from '@weir/domain';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { followDeployment } from './follow-deployment.ts';

const id = <K extends 'app' | 'deployment'>(kind: K) => newId(kind, 0, new Uint8Array(16));
const line = { seq: 1, at: new Date(0).toISOString(), stream: 'stdout', text: 'Installing' };
let server: Server;
afterEach(() => void server.close());

/** What is said of a deployment that is at these places in line, one after another, and then fails. */
async function saidOf(places: readonly (number | null)[]): Promise<string[]> {
  const [left, said] = [[...places], [] as string[]];
  server = createServer((request, response) => {
    const answer = (body: object): void => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    if (pathname.startsWith('/internal/logs/')) return answer(left.length > 0 ? { lines: [], ended: false } : { lines: searchParams.get('after') === '0' ? [line] : [], ended: searchParams.get('after') === '1' });
    return answer(left.length > 0 ? { status: 'queued', queuePosition: left.shift() } : { status: 'failed', queuePosition: null, release: null, failure: { message: 'It broke.', hint: null } });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new InternalClient({ baseUrl, token: 'internal' });
  await followDeployment({ client, baseUrl, token: 'theirs', app: id('app'), deployment: id('deployment'), signal: new AbortController().signal, say: (text) => void said.push(text) });
  return said;
}

describe('who pushed', () => {
  it('is told the place in line, each time it changes, before the log begins', async () => {
    expect(await saidOf([3, 3, 1, null])).toEqual(['Queued, 3rd in line.', 'Queued, next in line.', 'Installing', 'Failed: It broke.']);
  });

  it('is told of no line where there is none', async () => {
    expect(await saidOf([])).toEqual(['Installing', 'Failed: It broke.']);
  });
});
