import type { Framework } from '@weir/contracts';
import type { Clock } from '../clock.ts';
import type { HealthCheck } from './health-check.ts';

/** What changed in an instance's health. The last two end the watch. */
export type HealthChange = 'healthy' | 'unhealthy' | 'never-healthy' | 'lost';

interface Watched {
  readonly framework: Framework;
  readonly createdAtMs: number;
  /** Read anew each time: an engine that restarts gives other addresses. */
  readonly address: () => string | null;
}

export const START_LIMIT_MS = 120_000;
/** An instance that ran before this worker did gets so long to show that it is well. */
const SECOND_LOOK_MS = 15_000;
const STARTING_EVERY_MS = 50;
const STARTING_TIMEOUT_MS = 2000;
const LIVE_EVERY_MS = 5000;
/** Longer than at the start: ten busy sessions of one app delay its answer by more than three seconds. */
const LIVE_TIMEOUT_MS = 5000;
const MISSES = 3;

/** Watches one running instance until it is lost, never became healthy, or `signal`. */
export async function* watchHealth(check: HealthCheck, clock: Clock, watched: Watched, signal: AbortSignal): AsyncGenerator<HealthChange> {
  const ask = async (timeoutMs: number): Promise<boolean> => {
    const address = watched.address();
    return address !== null && check(address, watched.framework, timeoutMs);
  };
  const deadlineMs = Math.max(watched.createdAtMs + START_LIMIT_MS, clock.now() + SECOND_LOOK_MS);
  while (!(await ask(STARTING_TIMEOUT_MS))) {
    if (signal.aborted) return;
    if (clock.now() >= deadlineMs) return yield 'never-healthy';
    await clock.wait(STARTING_EVERY_MS, signal);
  }
  if (signal.aborted) return;
  yield 'healthy';

  for (let misses = 0; ; ) {
    await clock.wait(LIVE_EVERY_MS, signal);
    if (signal.aborted) return;
    misses = (await ask(LIVE_TIMEOUT_MS)) ? 0 : misses + 1;
    if (signal.aborted) return;
    if (misses < MISSES) continue;
    yield 'unhealthy';
    return yield 'lost';
  }
}
