import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppId } from '@weir/domain';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, DOCUMENT, openSocket } from './visitor.ts';

const HOST = 'hello.localhost';
const BOT = { ...DOCUMENT, 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' };
let bench: Bench;
let app: AppId;
let thaw: () => void;

/** An app that answers when it is thawed, as the kernel holds what comes for one that is frozen. */
const frozenApp = async (): Promise<Upstream> => {
  const thawed = new Promise<void>((resolve) => (thaw = resolve));
  return Upstream.open('cold', (_, response) => void thawed.then(() => response.end('awake')));
};
const used = (): AppId[] => bench.controlPlane.activity.flatMap((activity) => activity.used);

beforeEach(async () => {
  bench = await openBench();
  app = anApp();
});
afterEach(() => bench.stop());

describe('an app that sleeps without an instance', () => {
  beforeEach(() => bench.route(HOST, app, [], 'asleep'));

  it('is woken once for a hundred visitors, who are held and served', async () => {
    const visits = Array.from({ length: 100 }, () => ask(bench.port, HOST, '/', { headers: DOCUMENT }));
    await until(() => bench.controlPlane.woken.length > 0);
    await bench.route(HOST, app, [], 'starting');
    await bench.route(HOST, app, [anInstance(await Upstream.open('hello'))]);
    expect(new Set((await Promise.all(visits)).map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['200 hello']));
    expect(bench.controlPlane.woken).toEqual([app]);
  });

  it('that needs longer shows a page that continues by itself, and is not woken again', async () => {
    const from = performance.now();
    const page = await ask(bench.port, HOST, '/', { headers: DOCUMENT });
    expect(performance.now() - from).toBeGreaterThan(1_900);
    expect([page.status, page.headers['retry-after'], page.headers['cache-control']]).toEqual([503, '1', 'no-store']);
    expect(page.text).toMatch(/<meta http-equiv="refresh" content="1">.*waking up/);
    const again = ask(bench.port, HOST, '/', { headers: DOCUMENT });
    await bench.route(HOST, app, [anInstance(await Upstream.open('hello'))]);
    expect((await again).text).toBe('hello');
    expect(bench.controlPlane.woken).toEqual([app]);
  });

  it.each([{ Accept: 'text/html' }, { 'Sec-Fetch-Mode': 'navigate' }])('is woken by a tool that asks for a document: %o', async (headers) => {
    const visit = ask(bench.port, HOST, '/', { headers: { 'User-Agent': 'curl/8.5.0', ...headers } });
    await until(() => bench.controlPlane.woken.length > 0);
    await bench.route(HOST, app, [anInstance(await Upstream.open('hello'))]);
    expect((await visit).text).toBe('hello');
  });

  it('sleeps on whatever old tabs, bots and monitors ask, at once', async () => {
    for (const path of ['/_stcore/health', '/_stcore/host-config', '/media/x', '/component/c/index.html']) {
      expect([path, (await ask(bench.port, HOST, path, { headers: path.startsWith('/component') ? { ...DOCUMENT, 'Sec-Fetch-Dest': 'iframe' } : {} })).status]).toEqual([path, 503]);
    }
    await expect(openSocket(bench.port, HOST)).rejects.toThrow('503');
    const shown = await ask(bench.port, HOST, '/', { headers: BOT });
    expect([shown.status, shown.text.includes('asleep')]).toEqual([503, true]);
    expect((await ask(bench.port, HOST, '/', { method: 'HEAD', headers: DOCUMENT })).status).toBe(503);
    expect((await ask(bench.port, HOST, '/', { headers: { 'User-Agent': 'curl/8.5.0', Accept: '*/*' } })).status).toBe(503);
    expect(bench.controlPlane.woken).toEqual([]);
    expect(used()).toEqual([]);
  });

  it('holds polls and sockets of old tabs while it wakes', async () => {
    const visit = ask(bench.port, HOST, '/', { headers: DOCUMENT });
    await until(() => bench.controlPlane.woken.length > 0);
    const [poll, socket] = [ask(bench.port, HOST, '/_stcore/health'), openSocket(bench.port, HOST)];
    expect((await visit).status).toBe(503);
    await bench.route(HOST, app, [anInstance(await Upstream.open('hello'))]);
    expect((await poll).text).toBe('hello');
    (await socket).terminate();
  });

  it('tells clearly, and at once, that nobody can wake it', async () => {
    bench.controlPlane.alive = false;
    const page = await ask(bench.port, HOST, '/', { headers: DOCUMENT });
    expect([page.status, page.headers['retry-after'], page.text.includes('could not be woken')]).toEqual([503, '10', true]);
  });

  it('that its owner stopped is not woken', async () => {
    await bench.route(HOST, app, [], 'stopped');
    expect((await ask(bench.port, HOST, '/', { headers: DOCUMENT })).text).toContain('stopped by its owner');
    expect(bench.controlPlane.woken).toEqual([]);
  });

  it('that crashes while it wakes says so', async () => {
    const visit = ask(bench.port, HOST, '/', { headers: DOCUMENT });
    await until(() => bench.controlPlane.woken.length > 0);
    await bench.route(HOST, app, [], 'crashed');
    expect((await visit).text).toContain('stopped working');
  });
});

describe('an app that is frozen', () => {
  it('gets a person\'s document at once, and answers it when it is thawed', async () => {
    const cold = await frozenApp();
    await bench.route(HOST, app, [{ ...anInstance(cold), state: 'frozen' }], 'asleep');
    const visit = ask(bench.port, HOST, '/', { headers: DOCUMENT });
    await until(() => cold.seen.length === 1 && bench.controlPlane.woken.length === 1);
    thaw();
    expect((await visit).text).toBe('awake');
    await until(() => used().includes(app));
  });

  it('gets nothing of polls, sockets and bots, and sleeps on', async () => {
    const cold = await frozenApp();
    await bench.route(HOST, app, [{ ...anInstance(cold), state: 'frozen' }], 'asleep');
    expect((await ask(bench.port, HOST, '/_stcore/health')).status).toBe(503);
    expect((await ask(bench.port, HOST, '/', { headers: BOT })).status).toBe(503);
    await expect(openSocket(bench.port, HOST)).rejects.toThrow('503');
    expect([cold.connections, bench.controlPlane.woken.length]).toEqual([0, 0]);
  });

  it('that nobody can wake, or that does not come in two seconds, is told by a page', async () => {
    const cold = await frozenApp();
    await bench.route(HOST, app, [{ ...anInstance(cold), state: 'frozen' }], 'asleep');
    expect((await ask(bench.port, HOST, '/', { headers: DOCUMENT })).text).toContain('waking up');
    await bench.route('other.localhost', anApp(), [{ ...anInstance(cold), state: 'frozen' }], 'asleep');
    bench.controlPlane.alive = false;
    expect((await ask(bench.port, 'other.localhost', '/', { headers: DOCUMENT })).text).toContain('could not be woken');
  });

  it('wakes when somebody does something in a page that is open, but not by a pong', async () => {
    const instance = anInstance(await Upstream.open('hello'));
    await bench.route(HOST, app, [instance]);
    const socket = await openSocket(bench.port, HOST);
    await bench.route(HOST, app, [{ ...instance, state: 'frozen' }], 'asleep');
    socket.pong('x');
    socket.ping();
    await new Promise((resolve) => socket.once('pong', resolve));
    expect([bench.controlPlane.woken, used()]).toEqual([[], []]);
    socket.send('a click');
    await until(() => bench.controlPlane.woken.length === 1 && used().includes(app));
    socket.terminate();
  });
});

describe('an app that is awake', () => {
  it('is used by documents of people and by uploads, not by polls and bots', async () => {
    await bench.route(HOST, app, [anInstance(await Upstream.open('hello'))]);
    await ask(bench.port, HOST, '/_stcore/health');
    await ask(bench.port, HOST, '/', { headers: BOT });
    const reports = bench.controlPlane.activity.length;
    await until(() => bench.controlPlane.activity.length > reports + 1);
    expect(used()).toEqual([]);
    await ask(bench.port, HOST, '/_stcore/upload_file/s/f', { method: 'PUT', body: 'x' });
    await until(() => used().length === 1);
    await ask(bench.port, HOST, '/', { headers: DOCUMENT });
    await until(() => used().length === 2);
  });
});
