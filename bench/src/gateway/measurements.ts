import { summarise, type Summary } from '../statistics.ts';
import type { Bar, Figure } from './figures.ts';
import type { Result } from './load/order.ts';

/** What one figure was of one peer in one repetition. */
export interface Measurement {
  readonly figure: string;
  readonly peer: string;
  readonly run: number;
  readonly result: Result;
}

export interface PeerFigure {
  readonly peer: string;
  readonly runs: number;
  /** Microseconds of processor time a unit; of idle sockets, what the bar is of. */
  readonly cost: Summary;
  /** Against nginx in the same repetition, so that a slow minute weighs on both; none without nginx, nor where no processor time was taken. */
  readonly ratio: Summary | undefined;
  readonly p50Ms: Summary;
  readonly p99Ms: Summary;
}

export interface Line {
  readonly title: string;
  readonly of: Bar['of'];
  readonly must: number;
  readonly aim: number;
  readonly peers: readonly PeerFigure[];
}

const BASE = 'nginx';

const COSTS: Readonly<Record<Bar['of'], (result: Result) => number>> = {
  ratio: ({ cpuMs, units }) => (cpuMs * 1000) / units,
  kibPerSocket: ({ grownKib, units }) => grownKib / units,
  percentOfCore: ({ cpuMs, windowMs }) => (cpuMs / windowMs) * 100,
};

/** One line for each bar of a figure, with every peer that was measured. */
export function linesOf({ key, bars }: Figure, measurements: readonly Measurement[]): Line[] {
  const mine = measurements.filter(({ figure }) => figure === key);
  const peers = [...new Set(mine.map(({ peer }) => peer))];
  return bars.map((bar) => ({ ...bar, peers: peers.map((peer) => peerFigure(peer, mine, COSTS[bar.of])) }));
}

function peerFigure(peer: string, measurements: readonly Measurement[], cost: (result: Result) => number): PeerFigure {
  const own = measurements.filter((each) => each.peer === peer);
  const ratios = own.flatMap(({ run, result }) => {
    const base = measurements.find((each) => each.peer === BASE && each.run === run);
    return base && cost(base.result) > 0 && cost(result) > 0 ? [cost(result) / cost(base.result)] : [];
  });
  return {
    peer,
    runs: own.length,
    cost: summarise(own.map(({ result }) => cost(result))),
    ratio: ratios.length > 0 ? summarise(ratios) : undefined,
    p50Ms: summarise(own.map(({ result }) => result.latencyMs.p50)),
    p99Ms: summarise(own.map(({ result }) => result.latencyMs.p99)),
  };
}

/** The bars that the middle of ours misses. A bar without a measurement of ours is not judged. */
export function missedBars(lines: readonly Line[], ours: string): string[] {
  return lines.flatMap(({ title, of, must, peers }) => {
    const own = peers.find(({ peer }) => peer === ours);
    const value = of === 'ratio' ? own?.ratio?.median : own?.cost.median;
    return value !== undefined && value > must ? [title] : [];
  });
}
