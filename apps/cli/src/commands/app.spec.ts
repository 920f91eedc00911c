import type { AppView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { describeApp } from './app.ts';

describe('what people read of an app', () => {
  const app = (some: Partial<AppView>): string =>
    describeApp({
      id: 'app_1', hostname: 'sales', url: 'http://sales.localhost', gitUrl: '', source: { kind: 'builtin', branch: null, entryFile: null }, python: null, limits: { memoryMib: 512, cpus: 1, pids: 64 },
      replicas: 1, sleep: { freezeAfterMinutes: null, stopAfterMinutes: null }, sleeping: 'awake', status: 'live', statusReason: null, lastWords: null, release: null, deployment: null, instances: [], ...some,
    } as unknown as AppView);

  it('is why it crashed and what it wrote last, without what steers a terminal', () => {
    expect(app({ status: 'crashed', statusReason: 'The app ended with exit code 1.', lastWords: 'Traceback\n\u001b[31mMemoryError' })).toContain(
      'Status      crashed: The app ended with exit code 1.\nLast lines  \n  Traceback\n  MemoryError\nInstances');
  });

  it('says nothing of last lines otherwise', () => {
    expect(app({})).not.toContain('Last lines');
  });
});
