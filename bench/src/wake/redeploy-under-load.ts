import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../platform.ts';
import type { SleepingApp } from './sleeping-app.ts';

const SOCKETS = 200;
const REQUESTS_PER_SECOND = 50;
const AFTERWARDS_MS = 10_000;

export interface Losses {
  readonly requests: number;
  readonly failedRequests: number;
  readonly droppedSockets: number;
}

/** Deploys an app anew while people use it, and counts what they lose. Its drain limit is far away. */
export async function redeployUnderLoad(platform: Platform, app: SleepingApp, hostname: string): Promise<Losses> {
  const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => app.connect()));
  let [requests, failedRequests, droppedSockets] = [0, 0, 0];
  for (const socket of sockets) socket.once('close', () => droppedSockets++);

  const agent = new Agent({ keepAlive: true });
  const answers = new Set<Promise<void>>();
  const load = setInterval(() => {
    requests += 1;
    const answer = app.request(agent).then((status) => void (failedRequests += Number(status !== 200)), () => void failedRequests++).finally(() => answers.delete(answer));
    answers.add(answer);
  }, 1000 / REQUESTS_PER_SECOND);
  try {
    await platform.weir('redeploy', hostname);
    await delay(AFTERWARDS_MS); // the old release drains meanwhile
  } finally {
    clearInterval(load);
  }
  await Promise.all(answers);
  const losses = { requests, failedRequests, droppedSockets };
  for (const socket of sockets) socket.terminate();
  agent.destroy();
  return losses;
}
