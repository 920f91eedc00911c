import type { BuildJob } from '@weir/contracts';
import type { BuildOrder, BuildReports } from './build-reports.ts';
import type { HeldBuilds } from './held-builds.ts';

interface Parts {
  readonly reports: Pick<BuildReports, 'claim'>;
  readonly held: Pick<HeldBuilds, 'note' | 'forget'>;
  /** Does a build to its end, whatever that is. */
  readonly build: (order: BuildOrder, signal: AbortSignal) => Promise<void>;
}

/**
 * Builds what is next, and again, until there is nothing: a job only rings, and the control plane says whose turn it is.
 * The end of a build may let others begin that rang in vain, so whoever has built asks again before its job ends.
 */
export async function answerJob({ reports, held, build }: Parts, job: BuildJob, receipt: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const order = await reports.claim();
    if (!order) return;
    const note = { deployment: order.deployment, attempt: order.attempt, job, receipt };
    await held.note(note);
    await build(order, signal);
    if (!signal.aborted) await held.forget(note); // one that was stopped is left to the next process
  }
}
