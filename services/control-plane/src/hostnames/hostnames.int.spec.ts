import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';

const { owner } = await openPlane();

const check = async (hostname: string) => (await owner.call('GET', `/hostnames/${encodeURIComponent(hostname)}`)).body;

describe('a hostname', () => {
  it('is free, or another one near it is suggested', async () => {
    const { hostname } = await owner.app();
    expect(await check('free-name')).toEqual({ hostname: 'free-name', available: true, reason: null, suggestion: null });
    expect(await check(hostname)).toMatchObject({ available: false, suggestion: `${hostname}-app` });
    expect(await check('My App!')).toMatchObject({ available: false, suggestion: 'my-app' });
    expect(await check('console')).toMatchObject({ available: false, reason: 'This name is reserved.', suggestion: 'console-app' });
    expect(await check('$(x)')).toMatchObject({ available: false });
    expect(await check('😀')).toMatchObject({ available: false, suggestion: 'app' });
  });
});

describe('the examples', () => {
  it('are those that come with the installation', async () => {
    expect((await owner.call('GET', '/examples')).body).toEqual({ items: [{ name: 'hello', title: 'Hello', description: 'Says hello.', entryFile: 'app.py' }] });
  });
});
