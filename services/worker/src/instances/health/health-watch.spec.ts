import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { type HealthChange, watchHealth } from './health-watch.ts';

describe('the watch over an instance’s health', () => {
  let clock: ManualClock;
  let stop: AbortController;
  let isWell: boolean;
  let asked: { readonly atMs: number; readonly timeoutMs: number }[];
  let changes: HealthChange[];

  beforeEach(() => {
    [clock, stop, isWell, asked, changes] = [new ManualClock(), new AbortController(), true, [], []];
  });
  afterEach(() => stop.abort());

  const watch = async (createdAtMs = clock.now()): Promise<void> => {
    const check = async (_address: string, _framework: unknown, timeoutMs: number) => {
      asked.push({ atMs: clock.now(), timeoutMs });
      return isWell;
    };
    const watched = { framework: { name: 'streamlit', version: null }, createdAtMs, address: () => '10.0.0.2:8501' };
    for await (const change of watchHealth(check, clock, watched, stop.signal)) changes.push(change);
  };

  it('gives an app two minutes for its start', async () => {
    isWell = false;
    void watch();
    await clock.advance(119_000);
    expect(changes).toEqual([]);
    isWell = true;
    await clock.advance(1000);
    expect(changes).toEqual(['healthy']);
  });

  it('gives up a start that takes longer', async () => {
    isWell = false;
    void watch();
    await clock.advance(121_000);
    expect(changes).toEqual(['never-healthy']);
  });

  it('gives an app that ran before fifteen seconds to show that it is well', async () => {
    isWell = false;
    void watch(clock.now() - 3_600_000);
    await clock.advance(14_000);
    expect(changes).toEqual([]);
    await clock.advance(2000);
    expect(changes).toEqual(['never-healthy']);
  });

  it('asks a healthy app every five seconds, and waits two for each answer', async () => {
    void watch();
    await clock.advance(20_000);
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([2000, 2000, 2000, 2000, 2000]);
    expect(asked.map(({ atMs }) => atMs - (asked[0]?.atMs ?? 0))).toEqual([0, 5000, 10_000, 15_000, 20_000]);
  });

  it('takes three misses in a row as unhealthy, six as lost, and any answer as a new beginning', async () => {
    void watch();
    const answer = async (well: boolean, times: number) => {
      isWell = well;
      await clock.advance(times * 5000);
    };
    await answer(false, 2);
    await answer(true, 1);
    await answer(false, 2);
    expect(changes).toEqual(['healthy']);
    await answer(false, 3);
    expect(changes).toEqual(['healthy', 'unhealthy']);
    await answer(true, 1);
    expect(changes).toEqual(['healthy', 'unhealthy', 'healthy']);
    await answer(false, 6);
    expect(changes).toEqual(['healthy', 'unhealthy', 'healthy', 'unhealthy', 'lost']);
  });

  it('asks an app that is unready with more patience, until it answers', async () => {
    void watch();
    isWell = false;
    await clock.advance(25_000);
    isWell = true;
    await clock.advance(10_000);
    expect(asked.slice(1).map(({ timeoutMs }) => timeoutMs)).toEqual([2000, 2000, 2000, 10_000, 10_000, 10_000, 2000]);
  });

  it('says nothing more once it is told to stop', async () => {
    isWell = false;
    const watching = watch();
    await clock.advance(1000);
    stop.abort();
    await watching;
    expect(changes).toEqual([]);
  });
});
