import { setTimeout as delay } from 'node:timers/promises';
import { cpuMs, residentKib } from '../process-tree.ts';
import { binaryFrame } from './frames.ts';
import { Talk } from './messages.ts';
import type { Order, Result } from './order.ts';
import { Tally } from './tally.ts';
import { visitors } from './visitor.ts';
import { inTurn } from './work.ts';

const WARM_SOCKETS = 100;
/** Sockets are opened as fast as the peer takes them, so many at a time. */
const AT_ONCE = 32;
const SETTLE_MS = 1_500;
/** So long that what happens every few seconds is seen. */
const LEAST_WINDOW_SECONDS = 4;

/** Opens sockets that each say one thing and then nothing, and looks at what the peer needs for them. */
export async function idle({ port, hosts, pid, seconds, connections, payloadBytes }: Order): Promise<Result> {
  if (pid === undefined) throw new Error('idle sockets cost something only where there is a peer');
  const tally = new Tally();
  const next = inTurn(await visitors(port, hosts, hosts.length));
  const frame = binaryFrame(payloadBytes, 'client');
  const open = async (count: number): Promise<Talk[]> => {
    let left = count;
    const talks: Talk[] = [];
    const openSome = async (): Promise<void> => {
      while (left-- > 0) {
        const talk = await Talk.open(port, next(), '', () => tally);
        talk.say(frame, performance.now());
        talks.push(talk);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, openSome));
    await tally.settled();
    await delay(SETTLE_MS);
    return talks;
  };

  for (const talk of await open(WARM_SOCKETS)) talk.close();
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
