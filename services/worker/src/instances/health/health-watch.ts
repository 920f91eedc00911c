import type { Framework } from '@weir/contracts';
import type { Clock } from '../clock.ts';
import type { HealthCheck } from './health-check.ts';

/** What changed in an instance's health: `unhealthy` may become `healthy` again, the last two end the watch. */
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
const LIVE_EVERY_MS = 5000;
const TIMEOUT_MS = 2000;
/** An unready app is asked more patiently: forty busy sessions can delay an answer by seconds, and are no reason to end them. */
const UNREADY_TIMEOUT_MS = 10_000;
/** Not ready after so many misses in a row: others are better asked. */
const MISSES_UNTIL_UNHEALTHY = 3;
/** Not alive after so many. More than for readiness, since ending it costs every session. */
const MISSES_UNTIL_LOST = 6;

/**
 * Watches one running instance until it is lost, never became healthy, or `signal`.
 *
 * Startup, readiness and liveness are what Kubernetes means by them: nothing else counts
 * before the first good answer; later misses first make it unready, and end it if they go on.
 */
export async function* watchHealth(check: HealthCheck, clock: Clock, watched: Watched, signal: AbortSignal): AsyncGenerator<HealthChange> {
  const ask = async (timeoutMs = TIMEOUT_MS): Promise<boolean> => {
    const address = watched.address();
    return address !== null && check(address, watched.framework, timeoutMs);
  };
  const deadlineMs = Math.max(watched.createdAtMs + START_LIMIT_MS, clock.now() + SECOND_LOOK_MS);
  while (!(await ask())) {
    if (signal.aborted) return;
    if (clock.now() >= deadlineMs) return yield 'never-healthy';
    await clock.wait(STARTING_EVERY_MS, signal);
  }
  if (signal.aborted) return;
  yield 'healthy';

  for (let misses = 0; ; ) {
    await clock.wait(LIVE_EVERY_MS, signal);
    if (signal.aborted) return;
    const isWell = await ask(misses < MISSES_UNTIL_UNHEALTHY ? TIMEOUT_MS : UNREADY_TIMEOUT_MS);
    if (signal.aborted) return;
    if (isWell && misses >= MISSES_UNTIL_UNHEALTHY) yield 'healthy';
    misses = isWell ? 0 : misses + 1;
    if (misses === MISSES_UNTIL_UNHEALTHY) yield 'unhealthy';
    if (misses === MISSES_UNTIL_LOST) return yield 'lost';
  }
}
