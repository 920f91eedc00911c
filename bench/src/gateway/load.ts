import { idle } from './load/idle.ts';
import { messages, pushes } from './load/messages.ts';
import { openings } from './load/openings.ts';
import type { Order, Reply, Result, Work } from './load/order.ts';
import { pace } from './load/pace.ts';
import { assets, requests } from './load/requests.ts';
import { Tally } from './load/tally.ts';
import type { Opens } from './load/work.ts';
import { cpuMs } from './process-tree.ts';

/* The load client, in a process of its own: takes orders, sends results, one at a time. */

const RAMP_SECONDS = 0.3;
const WORKS: Readonly<Record<Exclude<Work, 'idle'>, Opens>> = { message: messages, push: pushes, open: openings, request: requests, asset: assets };

async function carryOut(order: Order): Promise<Result> {
  if (order.work === 'idle') return idle(order);
  const { pid, rate, seconds } = order;
  const used = (): number => (pid === undefined ? 0 : cpuMs(pid));
  let tally = new Tally();
  const doing = await WORKS[order.work](order, () => tally);
  try {
    await pace(rate, Math.ceil(rate * RAMP_SECONDS), (dueAt) => doing.begin(dueAt)); // kept upstream connections and caches are there from now on
    await tally.settled();
    tally = new Tally();
    const [startedAt, before] = [performance.now(), used()];
    await pace(rate, Math.ceil(rate * seconds), (dueAt) => doing.begin(dueAt));
    await tally.settled();
    return { units: tally.units, cpuMs: used() - before, windowMs: performance.now() - startedAt, grownKib: 0, latencyMs: { p50: tally.percentile(0.5), p99: tally.percentile(0.99) } };
  } finally {
    doing.close();
  }
}

process.on('message', (order: Order) => {
  const reply = (answer: Reply): void => void process.send?.(answer);
  carryOut(order).then(
    (result) => reply({ result }),
    (error: Error) => reply({ failure: error.message }),
  );
});
process.once('disconnect', () => process.exit(0)); // never outlives the benchmark
