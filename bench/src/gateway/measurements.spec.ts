import { expect, it } from 'vitest';
import type { Figure } from './figures.ts';
import { linesOf, missedBars, type Measurement } from './measurements.ts';

const figure: Figure = { key: 'http', title: 'HTTP', work: 'request', payloadBytes: 0, rate: 1, connections: 1, bars: [{ title: 'HTTP', of: 'ratio', must: 2, aim: 1 }, { title: 'memory', of: 'kibPerSocket', must: 16, aim: 8 }] };
const measured = (peer: string, run: number, cpuMs: number, grownKib = 0): Measurement => ({ figure: 'http', peer, run, result: { units: 10, cpuMs, windowMs: 1000, grownKib, latencyMs: { p50: 1, p99: 2 } } });

const all = [measured('nginx', 1, 1), measured('Weir', 1, 3, 100), measured('nginx', 2, 4), measured('Weir', 2, 4, 200), measured('nginx', 3, 1), measured('Weir', 3, 2, 300)];

it('processor time is compared with nginx in the same repetition', () => {
  const weir = linesOf(figure, all)[0]?.peers.find(({ peer }) => peer === 'Weir');
  expect(weir?.ratio).toEqual({ median: 2, min: 1, max: 3 });
  expect(weir?.cost).toEqual({ median: 300, min: 200, max: 400 });
});

it('a bar is missed by the middle of ours, and an absolute one by its own value', () => {
  expect(missedBars(linesOf(figure, all), 'Weir')).toEqual(['memory']);
  expect(missedBars(linesOf(figure, all.map((each) => (each.peer === 'Weir' ? measured('Weir', each.run, 9) : each))), 'Weir')).toEqual(['HTTP']);
});

it('without nginx there is no ratio and nothing is judged by it', () => {
  const alone = linesOf(figure, all.filter(({ peer }) => peer === 'Weir'));
  expect(alone[0]?.peers[0]?.ratio).toBeUndefined();
  expect(missedBars([alone[0]].filter((line) => line !== undefined), 'Weir')).toEqual([]);
});
