import { describe } from 'vitest';
import { readWith } from './bench.ts';

readWith('node');

/** The fallback keeps every promise that the strict reader keeps. */
describe('over node:http alone', () => {
  describe('requests', async () => void (await import('./http.spec.ts')));
  describe('routing', async () => void (await import('./routing.spec.ts')));
  describe('dead replicas', async () => void (await import('./dead-replica.spec.ts')));
  describe('sockets', async () => void (await import('./socket.spec.ts')));
  describe('releases', async () => void (await import('./releases.spec.ts')));
  describe('shells', async () => void (await import('./shells.spec.ts')));
  describe('tabs', async () => void (await import('./tab.spec.ts')));
  describe('waking', async () => void (await import('./wake.spec.ts')));
  describe('proxies in front', async () => void (await import('./proxies.spec.ts')));
  describe('seeing', async () => void (await import('./seeing.spec.ts')));
  describe('life', async () => void (await import('./life.spec.ts')));
});
