import { expect, it } from 'vitest';
import { missedRouteBars, routeLines, type RouteRun } from './route-figures.ts';

const run = (routes: number, slowest: number, kibPerRoute = 1): RouteRun => ({ routes, loadMs: 300, changesMs: [1, slowest], kibPerRoute, percentOfCore: 0.1 });

it('a size has its own lines, and a change counts as slow as its slowest', () => {
  const lines = routeLines(1000, [run(1000, 40), run(10_000, 400), run(1000, 60)]);
  expect(lines.find(({ title }) => title.includes('change'))?.value).toEqual({ median: 50, min: 40, max: 60 });
});

it('bars are missed by the middle', () => expect(missedRouteBars(routeLines(1000, [run(1000, 101, 6)]))).toEqual(['1,000 routes: slowest change applied', '1,000 routes: memory per route']));
