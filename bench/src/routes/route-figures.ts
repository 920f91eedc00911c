import { summarise, type Summary } from '../statistics.ts';

/** What one start of a gateway with many routes showed. */
export interface RouteRun {
  readonly routes: number;
  /** Beyond what a start with one route takes. */
  readonly loadMs: number;
  /** From the control plane's answer until the new route's first 200. */
  readonly changesMs: readonly number[];
  /** Beyond a gateway with one route, for each route. */
  readonly kibPerRoute: number;
  /** Of a core, of the whole gateway, while nobody comes. */
  readonly percentOfCore: number;
}

export interface RouteLine {
  readonly title: string;
  readonly unit: string;
  readonly value: Summary;
  readonly must: number;
}

/** A line for each thing that is looked at. A change must be quick each time, so its bar is for the slowest. */
export function routeLines(count: number, runs: readonly RouteRun[]): RouteLine[] {
  const mine = runs.filter(({ routes }) => routes === count);
  const of = (title: string, unit: string, values: readonly number[], must: number): RouteLine => ({ title: `${count.toLocaleString('en')} routes: ${title}`, unit, value: summarise(values), must });
  return [
    of('load from the snapshot', 'ms', mine.map(({ loadMs }) => loadMs), 1000),
    of('slowest change applied', 'ms', mine.map(({ changesMs }) => Math.max(...changesMs)), 100),
    of('memory per route', 'KiB', mine.map(({ kibPerRoute }) => kibPerRoute), 5),
    of('processor while nobody comes', '% of a core', mine.map(({ percentOfCore }) => percentOfCore), 2),
  ];
}

export const missedRouteBars = (lines: readonly RouteLine[]): string[] => lines.filter(({ value, must }) => value.median > must).map(({ title }) => title);
