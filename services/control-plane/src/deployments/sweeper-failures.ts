import { type Failure, PHASES } from '@weir/domain';

/** How long a new release may take until it is healthy, in milliseconds. The worker's own limit is shorter. */
export const START_LIMIT_MS = 150_000;

/** The build was claimed several times, and each worker vanished with it. */
export const workerLost = (attempts: number, phase: string | null): Failure => ({
  code: 'build.worker_lost',
  phase: PHASES.find((each) => each === phase) ?? 'queued',
  message: `The build was started ${attempts} times and its worker was lost each time.`,
  hint: 'Deploy again. If it happens again, the build may need more memory than its machine has: ask the operator to look at the worker.',
  excerpt: null,
});

/** Nothing came of the start: no report of success, none of failure. */
export const startTimeout = (): Failure => ({
  code: 'app.start_timeout',
  phase: 'healthy',
  message: `The app did not become healthy within ${START_LIMIT_MS / 1000} seconds.`,
  hint: 'Look at the app’s log. Work that takes long belongs inside the script, behind st.cache_data or st.cache_resource, so that the server answers at once.',
  excerpt: null,
});
