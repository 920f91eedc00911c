import './without-native-tcp.ts';
import { describe, expect, it } from 'vitest';
import { NATIVE } from '../src/transport/native-tcp.ts';

it('has no handles of its own here', () => expect(NATIVE).toBeUndefined());

/** Node's streams keep every promise that channels upon libuv's handles keep. */
describe('over node:net alone', () => {
  describe('strictly read requests', async () => void (await import('./strict.spec.ts')));
  describe('requests', async () => void (await import('./http.spec.ts')));
  describe('sockets', async () => void (await import('./socket.spec.ts')));
  describe('hostile apps', async () => void (await import('./hostile-app.spec.ts')));
  describe('limits', async () => void (await import('./limits.spec.ts')));
  describe('slow bodies', async () => void (await import('./slow-bodies.spec.ts')));
  describe('life', async () => void (await import('./life.spec.ts')));
});
