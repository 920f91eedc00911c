import type { Work } from './load/order.ts';

/** One thing that is measured of every peer. */
export interface Figure {
  /** As `--rows` names it. */
  readonly key: string;
  readonly title: string;
  readonly work: Work;
  readonly payloadBytes: number;
  /** Units a second; 0 where nothing is repeated. */
  readonly rate: number;
  readonly connections: number;
  readonly bars: readonly Bar[];
}

/** What the middle of a figure must not exceed, and what we would like it not to. */
export interface Bar {
  readonly title: string;
  /** `ratio`: processor time a unit, against nginx in the same repetition. The others are absolute. */
  readonly of: 'ratio' | 'kibPerSocket' | 'percentOfCore';
  readonly must: number;
  readonly aim: number;
}

const figure = (key: string, title: string, load: Pick<Figure, 'work' | 'rate' | 'connections'> & { payloadBytes?: number }, must: number, aim: number): Figure => ({
  key,
  title,
  payloadBytes: 0,
  ...load,
  bars: [{ title, of: 'ratio', must, aim }],
});

/**
 * Rates are about half of what the slowest peer can carry on one core, or less: what saturates measures its queue, what idles its cold caches.
 *
 * Openings come at two thirds of what it can carry, where HAProxy costs what it did where the bars were set (1.09 of nginx). At 500 a second
 * a core sleeps most of the time, and whatever is larger than nginx's code is fetched anew for each: HAProxy is at 1.3 then.
 */
export const FIGURES: readonly Figure[] = [
  figure('message', 'WebSocket message 200 B, echoed', { work: 'message', payloadBytes: 200, rate: 2000, connections: 64 }, 1.4, 1.15),
  figure('message-2k', 'WebSocket message 2 KB, echoed', { work: 'message', payloadBytes: 2000, rate: 2000, connections: 64 }, 1.4, 1.15),
  figure('push', '1 MiB push', { work: 'push', rate: 40, connections: 16 }, 0.5, 0.3),
  figure('open', 'WebSocket open + authorise + close', { work: 'open', rate: 900, connections: 4 }, 1.7, 1.35),
  figure('http', 'small HTTP request', { work: 'request', rate: 1000, connections: 32 }, 2.2, 1.35),
  figure('static', '1.5 MB static file', { work: 'asset', rate: 30, connections: 16 }, 1, 0.3),
  {
    key: 'idle',
    title: 'idle sockets',
    work: 'idle',
    payloadBytes: 200,
    rate: 0,
    connections: 4000,
    bars: [
      { title: 'KiB of memory per idle socket', of: 'kibPerSocket', must: 16, aim: 8 },
      { title: '% of a core with 4,000 idle sockets', of: 'percentOfCore', must: 0.5, aim: 0.05 },
    ],
  },
];
