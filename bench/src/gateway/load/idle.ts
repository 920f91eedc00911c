import { setTimeout as delay } from 'node:timers/promises';
import { cpuMs, residentKib } from '../process-tree.ts';
import { binaryFrame } from './frames.ts';
import { Talk } from './messages.ts';
import type { Order, Result } from './order.ts';
import { pace } from './pace.ts';
import { Tally } from './tally.ts';
import { visitors } from './visitor.ts';
import { inTurn } from './work.ts';

const WARM_SOCKETS = 100;
const SETTLE_MS = 2_000;
/** So long that what happens every few seconds is seen. */
const LEAST_WINDOW_SECONDS = 4;

/** Opens sockets that each say one thing and then nothing, and looks at what the peer needs for them. */
export async function idle({ port, hosts, pid, rate, seconds, connections, payloadBytes }: Order): Promise<Result> {
  if (pid === undefined) throw new Error('idle sockets cost something only where there is a peer');
  const tally = new Tally();
  const next = inTurn(await visitors(port, hosts, hosts.length));
  const frame = binaryFrame(payloadBytes, 'client');
  const open = async (count: number): Promise<Talk[]> => {
    const opening: Promise<Talk>[] = [];
    await pace(rate, count, (dueAt) => {
      const talk = Talk.open(port, next(), '', () => tally);
      talk.then((opened) => opened.say(frame, dueAt), (error: Error) => tally.failed(error));
      opening.push(talk);
    });
    const talks = await Promise.all(opening);
    await tally.settled();
    await delay(SETTLE_MS);
    return talks;
  };

  for (const talk of await open(WARM_SOCKETS)) talk.close();
  await delay(SETTLE_MS / 2);
  const before = residentKib(pid);
  const talks = await open(connections);
  const grownKib = residentKib(pid) - before;
  const [startedAt, used] = [performance.now(), cpuMs(pid)];
  await delay(Math.max(seconds, LEAST_WINDOW_SECONDS) * 1000);
  const [windowMs, spent] = [performance.now() - startedAt, cpuMs(pid) - used];
  await tally.settled();
  for (const talk of talks) talk.close();
  return { units: connections, cpuMs: spent, windowMs, grownKib, latencyMs: { p50: tally.percentile(0.5), p99: tally.percentile(0.99) } };
}
