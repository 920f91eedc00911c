import type { AppView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { sessionWords } from './sessions.ts';

const app = (status: AppView['status'], ...sockets: number[]): AppView => ({ status, instances: sockets.map((count) => ({ sockets: count })) }) as AppView;

describe('the sessions of an app', () => {
  it('are those of all its instances', () => {
    expect(sessionWords(app('live', 3, 0, 9))).toBe('12 live');
  });

  it('are not live while it sleeps, though tabs stay open', () => {
    expect([app('asleep'), app('asleep', 0), app('asleep', 1, 1)].map(sessionWords)).toEqual(['None', 'None', 'None live, 2 tabs open']);
  });
});
