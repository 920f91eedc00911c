import { newId } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { AppSeries } from './app-series.ts';

const app = (n: number) => newId('app', 0, Uint8Array.from({ length: 16 }, () => n));
const labels = (series: AppSeries): string[] => series.all().map(([label]) => label);

describe('series by app', () => {
  it('are for the most used, however many there are', () => {
    const series = new AppSeries(2);
    for (let n = 1; n <= 50; n++) for (let use = 0; use < n; use++) series.of(app(n)).sent += 1;
    series.rank();
    expect(labels(series)).toEqual([app(50), app(49), 'other', 'none']);
  });

  it('never fall while they are shown', () => {
    const series = new AppSeries(1);
    const seen = new Map<string, number>();
    for (let round = 0; round < 200; round++) {
      series.of(app(round % 7)).sent += 1;
      if (round % 5 === 0) series.rank();
      const now = new Map(series.all().map(([label, { sent }]) => [label, sent]));
      for (const [label, sent] of now) expect(sent).toBeGreaterThanOrEqual(seen.get(label) ?? 0);
      seen.clear();
      for (const [label, sent] of now) seen.set(label, sent);
    }
  });

  it('forget an app that is not used any more, once another needs its place', () => {
    const series = new AppSeries(1);
    for (let i = 0; i < 100; i++) series.of(app(1)).sent += 1;
    for (let i = 0; i < 9; i++) series.rank();
    series.of(app(2)).sent += 1;
    series.rank();
    series.of(app(2)).sent += 1;
    expect(labels(series)).toEqual([app(2), 'other', 'none']);
  });
});
