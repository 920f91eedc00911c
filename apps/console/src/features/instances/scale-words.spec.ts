import { describe, expect, it } from 'vitest';
import { scaleWords } from './scale-words.ts';

const app = { replicas: 3, drainSeconds: 900, limits: { memoryMib: 512, cpus: 1, pids: 256 }, desired: 'running', sleeping: 'awake' } as const;

describe('what follows from scaling is said before it is done', () => {
  it('up: what starts, and the memory of all', () => {
    expect(scaleWords(app, 5)).toBe('Starts 2 more. New browsers go where the fewest sessions are, and stay there. Together they may use 2.5 GiB of memory.');
  });

  it('down: what ends, and how long its sessions have', () => {
    expect(scaleWords(app, 2)).toBe('1 instance will get no new browsers, and ends with its last session, or after 15 min.');
    expect(scaleWords({ ...app, drainSeconds: 0 }, 1)).toBe('2 instances will get no new browsers, and end at once.');
  });

  it('nothing, as long as the app is stopped or asleep', () => {
    expect(scaleWords({ ...app, desired: 'stopped' }, 1)).toBe('Nothing changes now: 1 instance will run when the app runs again.');
    expect(scaleWords({ ...app, sleeping: 'frozen' }, 4)).toBe('Nothing changes now: 4 instances will run when the app runs again.');
  });
});
