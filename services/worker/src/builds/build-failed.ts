import type { Failure, Phase } from '@weir/domain';

/** The build cannot go on, for a reason that concerns whoever deploys. */
export class BuildFailed extends Error {
  constructor(readonly failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
  }
}

export const failed = (phase: Phase, code: string, message: string, hint: string | null, excerpt: string | null = null): BuildFailed =>
  new BuildFailed({ code, phase, message, hint, excerpt: excerpt === null ? null : excerpt.slice(0, 4000) });

/** What is said when it was our own fault: the details are in the worker's log. */
export const internalFailure = (phase: Phase): Failure => ({ code: 'build.internal', phase, message: 'The build stopped because of a fault of the platform.', hint: 'Deploy again; if it happens twice, ask the operator to look at the worker’s log.', excerpt: null });

export const pythonNotMade = (python: string): Failure => ({ code: 'python.not_made', phase: 'environment', message: `Python ${python} could not be prepared on this installation.`, hint: 'Deploy again, or choose another Python; if it happens twice, ask the operator, who sees the reason with “weir python list”.', excerpt: null });
