import type { Failure, Fix } from '@weir/domain';

/** Thrown inside the planner only; `planBuild` turns it into a value. */
export class PlanFailure extends Error {
  override readonly name = 'PlanFailure';
  readonly failure: Failure;

  constructor(code: string, message: string, hint: string | null, excerpt: string | null = null, fix?: Fix) {
    super(message);
    this.failure = { code, phase: 'plan', message, hint, excerpt: excerpt === null ? null : excerpt.slice(0, 4000), ...(fix && { fix }) };
  }
}
