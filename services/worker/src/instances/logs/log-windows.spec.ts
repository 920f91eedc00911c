import { describe, expect, it } from 'vitest';
import { LogWindows } from './log-windows.ts';

const line = (atMs: number, text: string) => ({ at: new Date(atMs), stream: 'stdout' as const, text });

describe('windows of a log', () => {
  it('are cut the same way however the lines arrive', () => {
    const lines = [line(1000, 'a'), line(1199, 'b'), line(1200, 'c'), line(2000, 'd')];
    const [atOnce, inSteps] = [new LogWindows(), new LogWindows()];
    for (const one of lines) atOnce.add(one);
    const steps = lines.flatMap((one) => {
      inSteps.add(one);
      return inSteps.take(one.at.getTime());
    });
    expect([...steps, ...inSteps.take(Number.POSITIVE_INFINITY)]).toEqual(atOnce.take(Number.POSITIVE_INFINITY));
  });

  it('are given only when they are complete', () => {
    const windows = new LogWindows();
    windows.add(line(1000, 'a'));
    expect(windows.take(1199)).toEqual([]);
    expect(windows.take(1250).map(({ number }) => number)).toEqual([5]);
  });

  it('take a late line with the next batch', () => {
    const windows = new LogWindows();
    windows.add(line(1000, 'a'));
    windows.take(2000);
    windows.add(line(1001, 'late'));
    expect(windows.take(2000)).toMatchObject([{ number: 6, lines: [{ text: 'late' }] }]);
  });

  it('keep the beginning of a flood and say how much was left out', () => {
    const windows = new LogWindows();
    for (let i = 0; i < 1500; i++) windows.add(line(1000, 'x'));
    const lines = windows.take(2000)[0]?.lines ?? [];
    expect(lines).toHaveLength(1001);
    expect(lines.at(-1)).toMatchObject({ stream: 'system', text: expect.stringContaining('500') });
  });
});
