import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../platform.ts';
import { timed } from '../waiting.ts';
import { StreamlitSession } from './streamlit-session.ts';

const SESSIONS = 4;
const RERUN_EVERY_MS = 500; // of each session
const REQUEST_EVERY_MS = 50;

/** What people who use an app waited for, in milliseconds. */
export interface Latencies {
  readonly reruns: readonly number[];
  readonly requests: readonly number[];
}

/** Uses an app for a while as a few people do: each thing is due when it is due, however slow the one before was. */
export async function latenciesOf(platform: Platform, hostname: string, durationMs: number): Promise<Latencies> {
  const [reruns, requests]: [number[], number[]] = [[], []];
  const agent = new Agent({ keepAlive: true });
  const sessions = await Promise.all(Array.from({ length: SESSIONS }, () => StreamlitSession.open(platform, hostname)));
  try {
    await Promise.all([
      ...sessions.map((session, i) => atPace(RERUN_EVERY_MS, (i * RERUN_EVERY_MS) / SESSIONS, durationMs, async (dueFor) => void reruns.push(dueFor + (await session.rerun())), 'one at a time')),
      atPace(REQUEST_EVERY_MS, 0, durationMs, async (dueFor) => void requests.push(dueFor + (await timed(() => health(platform, hostname, agent)))), 'at once'),
    ]);
  } finally {
    for (const session of sessions) session.close();
    agent.destroy();
  }
  return { reruns, requests };
}

/** Begins something every so often. `dueFor`: how long it has been due, where the one before had to end first. */
async function atPace(everyMs: number, firstMs: number, durationMs: number, begin: (dueForMs: number) => Promise<void>, how: 'at once' | 'one at a time'): Promise<void> {
  const startedAt = performance.now() + firstMs;
  const underway: Promise<void>[] = [];
  for (let due = startedAt; due < startedAt + durationMs; due += everyMs) {
    await delay(Math.max(0, due - performance.now()));
    const begun = begin(Math.max(0, performance.now() - due));
    if (how === 'one at a time') await begun;
    else underway.push(begun);
  }
  await Promise.all(underway);
}

function health(platform: Platform, hostname: string, agent: Agent): Promise<void> {
  const { port, host } = platform.door(hostname);
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/_stcore/health', agent, headers: { host } }, (answer) => {
      answer.resume().once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`the app answered ${answer.statusCode}`))));
    }).once('error', reject);
  });
}

/** What 95 in 100 did not exceed. */
export const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
