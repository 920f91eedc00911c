import { aligned } from '../table.ts';
import type { Summary } from '../statistics.ts';
import type { Line, PeerFigure } from './measurements.ts';

const UNITS: Readonly<Record<Line['of'], string>> = { ratio: 'µs', kibPerSocket: 'KiB', percentOfCore: '%' };

/** Every line with its peers below it: what it cost, against nginx, and how long a unit took. */
export function gatewayTable(lines: readonly Line[]): string {
  const rows = lines.flatMap(({ title, of, must, aim, peers }) => [
    [`${title}  (must ≤${must}, aim ≤${aim})`, '', '', '', ''],
    ...peers.map((each) => [`  ${each.peer}`, costOf(each, UNITS[of]), each.ratio && of === 'ratio' ? `${spread(each.ratio)} x` : '', of === 'ratio' ? latency(each) : '', `${each.runs}`]),
  ]);
  return aligned([['', 'cost: middle, least-most', 'against nginx', 'p50 / p99', 'runs'], ...rows]);
}

const costOf = ({ peer, cost }: PeerFigure, unit: string): string => (peer === 'direct' ? '' : `${spread(cost)} ${unit}`);
const spread = ({ median, min, max }: Summary): string => `${short(median)} ${short(min)}-${short(max)}`;
const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
const latency = ({ p50Ms, p99Ms }: PeerFigure): string => `${p50Ms.median.toFixed(2)} / ${p99Ms.median.toFixed(2)} ms`;
