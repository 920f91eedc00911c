import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send } from '../src/door/whole-answer.ts';
import { pageAnswer, pageStatus, PAGE_NAMES, type PageName } from '../src/pages/pages.ts';
import { ask, type Answer } from './visitor.ts';

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((message, response) => send(response, pageAnswer((message.url ?? '').slice(1) as PageName, message.headers.accept !== undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

const show = (name: PageName, method = 'GET'): Promise<Answer> => ask(port, 'x', `/${name}`, { method, headers: { Accept: 'text/html' } });

describe('every page', () => {
  it.each(PAGE_NAMES)('%s is an error that is never cached, small, readable by all and whole in itself', async (name) => {
    const page = await show(name);
    expect(page.status).toBe(pageStatus(name));
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-length': String(page.body.length) });
    expect(page.body.length).toBeLessThan(2_048);
    expect(page.text).toMatch(/<html lang="en">.*<title>[^<]+<\/title>.*color-scheme:light dark.*<main role="status"><h1>[^<]+<\/h1><p>[^<]+<\/p>/);
    expect(page.text).not.toMatch(/src=|href=|url\(|<script/);
    expect(page.text.includes('http-equiv="refresh"')).toBe(page.headers['retry-after'] !== undefined);
  });

  it.each(PAGE_NAMES)('%s has the same head without its body for HEAD', async (name) => {
    const [page, head] = [await show(name), await show(name, 'HEAD')];
    expect([head.status, head.text, head.headers['content-length']]).toEqual([page.status, '', page.headers['content-length']]);
  });
});
