import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, cookieOf, DOCUMENT, openSocket } from './visitor.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.stop());

/** An app of two instances of which one has died unseen: the one with the fewest sessions. @returns a cookie of its browsers */
async function halfDead(hostname: string): Promise<string> {
  const [dead, living] = [await Upstream.open('dead'), await Upstream.open('living')];
  await bench.route(hostname, anApp(), [anInstance(dead), anInstance(living)]);
  const first = await ask(bench.port, hostname, '/', { headers: DOCUMENT });
  expect(first.text).toBe('dead');
  const headers = { Cookie: cookieOf(await ask(bench.port, hostname, '/', { headers: DOCUMENT })) };
  for (let i = 0; i < 5; i++) await openSocket(bench.port, hostname, { headers });
  expect(living.sockets.size).toBe(5);
  await dead.kill();
  return cookieOf(first);
}

describe('an instance that died unseen', () => {
  it('turns away one document of a new browser, and no second', async () => {
    await halfDead('newcomer.localhost');
    const answers = [await ask(bench.port, 'newcomer.localhost', '/', { headers: DOCUMENT }), await ask(bench.port, 'newcomer.localhost', '/', { headers: DOCUMENT })];
    expect(answers.map(({ status, text }) => [status, status === 200 ? text : ''])).toEqual([[503, ''], [200, 'living']]);
  });

  it('turns away one request of a browser of its own, which is bound to another then', async () => {
    const cookie = await halfDead('bound.localhost');
    const health = (Cookie: string) => ask(bench.port, 'bound.localhost', '/_stcore/health', { headers: { Cookie } });
    expect((await health(cookie)).status).toBe(503);
    const again = await health(cookie);
    expect(again.text).toBe('living');
    expect((await health(cookieOf(again))).headers['set-cookie']).toBeUndefined();
  });

  it('turns away one socket of a new browser, and no second', async () => {
    await halfDead('socket.localhost');
    await expect(openSocket(bench.port, 'socket.localhost')).rejects.toThrow('503');
    (await openSocket(bench.port, 'socket.localhost')).terminate();
  });

  it('turns away one socket of a browser of its own, and no second', async () => {
    const headers = { Cookie: await halfDead('bound-socket.localhost') };
    await expect(openSocket(bench.port, 'bound-socket.localhost', { headers })).rejects.toThrow('503');
    (await openSocket(bench.port, 'bound-socket.localhost', { headers })).terminate();
  });
});
