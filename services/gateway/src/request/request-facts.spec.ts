import { describe, expect, it } from 'vitest';
import { readFacts } from './request-facts.ts';

/** Whether a request with these headers opens a document. */
function navigates(headers: Record<string, string>, method = 'GET', upgrade = false): boolean {
  const facts = readFacts({ method, url: '/', headers, rawHeaders: ['Host', 'hello.localhost', ...Object.entries(headers).flat()] }, upgrade);
  return 'navigation' in facts && facts.navigation;
}

describe('a request', () => {
  it('opens a document where its destination is one, in a window or in a frame', () => {
    for (const destination of ['document', 'iframe', 'frame']) expect([destination, navigates({ 'sec-fetch-dest': destination })]).toEqual([destination, true]);
    for (const destination of ['empty', 'script', 'image', 'object']) expect([destination, navigates({ 'sec-fetch-dest': destination, 'sec-fetch-mode': 'navigate', accept: 'text/html' })]).toEqual([destination, false]);
  });

  it('that does not say its destination opens one if it navigates, or takes a page', () => {
    expect(navigates({ 'sec-fetch-mode': 'navigate' })).toBe(true);
    expect(navigates({ accept: 'text/html' })).toBe(true);
    expect(navigates({ 'sec-fetch-mode': 'cors', accept: '*/*' })).toBe(false);
    expect(navigates({})).toBe(false);
  });

  it('that sends something, or asks for a socket, opens none', () => {
    expect(navigates({ 'sec-fetch-mode': 'navigate' }, 'POST')).toBe(false);
    expect(navigates({ 'sec-fetch-mode': 'navigate' }, 'GET', true)).toBe(false);
  });
});
