import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, cookieOf, DOCUMENT, nextMessage, openSocket } from './visitor.ts';

let bench: Bench;
let old: Upstream;
let fresh: Upstream;
const HOST = 'hello.localhost';

beforeEach(async () => {
  bench = await openBench();
  [old, fresh] = [await Upstream.open('old'), await Upstream.open('fresh')];
});
afterEach(() => bench.stop());

describe('a new release', () => {
  it('gets new documents, while an open tab keeps its socket, its uploads and its instance', async () => {
    const app = anApp();
    const [first, second] = [anInstance(old), anInstance(fresh)];
    await bench.route(HOST, app, [first]);
    const opened = await ask(bench.port, HOST, '/', { headers: DOCUMENT });
    const Cookie = cookieOf(opened);
    const socket = await openSocket(bench.port, HOST, { headers: { Cookie } });

    await bench.route(HOST, app, [{ ...first, state: 'draining' }, second]);
    const answer = nextMessage(socket);
    socket.send('still here');
    expect((await answer).toString()).toBe('still here');
    expect((await ask(bench.port, HOST, '/_stcore/upload_file/s/f', { method: 'PUT', headers: { Cookie }, body: 'x' })).text).toBe('old');
    const again = await openSocket(bench.port, HOST, { headers: { Cookie } });
    expect(old.upgrades).toHaveLength(2);
    await until(() => bench.controlPlane.sockets(first.id) === 2);

    const reloaded = await ask(bench.port, HOST, '/', { headers: { ...DOCUMENT, Cookie } });
    expect(reloaded.text).toBe('fresh');
    expect((await ask(bench.port, HOST, '/media/x', { headers: { Cookie: cookieOf(reloaded) } })).text).toBe('fresh');
    expect((await ask(bench.port, HOST, '/', { headers: DOCUMENT })).text).toBe('fresh');
    for (const each of [socket, again]) each.terminate();
  });

  it('takes over a browser whose instance is gone, and binds it anew', async () => {
    const app = anApp();
    await bench.route(HOST, app, [anInstance(old)]);
    const Cookie = cookieOf(await ask(bench.port, HOST, '/', { headers: DOCUMENT }));
    await bench.route(HOST, app, [anInstance(fresh)]);
    const part = await ask(bench.port, HOST, '/_stcore/health', { headers: { Cookie } });
    expect(part.text).toBe('fresh');
    expect(cookieOf(part)).not.toBe('');
    expect(cookieOf(await ask(bench.port, HOST, '/media/x', { headers: { Cookie: cookieOf(part) } }))).toBe('');
  });

  it('costs no request: a loop across twenty switches sees only 200', async () => {
    const app = anApp();
    const instances = [anInstance(old), anInstance(fresh)];
    await bench.route(HOST, app, [instances[0]!]);
    let switching = true;
    const statuses: number[] = [];
    const loop = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (switching) statuses.push((await ask(bench.port, HOST, '/', { headers: DOCUMENT })).status);
      }),
    );
    for (let i = 0; i < 20; i++) await bench.route(HOST, app, [{ ...instances[i % 2]!, state: 'draining' }, instances[(i + 1) % 2]!]);
    await until(() => statuses.length > 100);
    switching = false;
    await loop;
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('is reported at once, so that a deployment knows when it is live', async () => {
    await bench.route(HOST, anApp(), [anInstance(old)]);
    await until(() => bench.controlPlane.activity.length > 0);
    await until(() => bench.controlPlane.activity.at(-1)?.cursor === bench.controlPlane.cursor);
    expect(bench.controlPlane.activity.at(-1)?.instances).toHaveLength(1);
  });
});

describe('a binding', () => {
  it('that was forged, sent twice or made for another app is none', async () => {
    const [first, second] = [anInstance(old), anInstance(fresh)];
    await bench.route('other.localhost', anApp(), [second]);
    await bench.route(HOST, anApp(), [first, { ...second, state: 'draining' }]);
    const foreign = cookieOf(await ask(bench.port, 'other.localhost', '/', { headers: DOCUMENT }));
    const forged = `weir_affinity=${second.id}.1.AAAAAAAAAAAAAAAAAAAAAA`;
    for (const Cookie of [foreign, forged, `${foreign}; ${foreign}`, 'weir_affinity=', 'weir_affinity=x.y.z']) {
      expect((await ask(bench.port, HOST, '/media/x', { headers: { Cookie } })).text).toBe('old');
    }
  });
});
