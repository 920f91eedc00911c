import { createHash } from 'node:crypto';
import type { BuildPlan } from '@weir/build-plan';
import { BuildFailed } from './build-failed.ts';
import type { BuildOrder } from './build-reports.ts';

const MOST_KEPT = 1000;

/**
 * The Python that a build failed for want of, where nobody chose another.
 *
 * A release that is built again has its Python; what its author has set is not changed.
 */
export function missedPython(error: unknown, order: Pick<BuildOrder, 'python' | 'lock'>): { readonly python: string; readonly because: string } | undefined {
  if (!(error instanceof BuildFailed) || order.python !== null || order.lock !== null) return undefined;
  const { fix, message } = error.failure;
  return fix?.setting === 'python' ? { python: fix.value, because: message } : undefined;
}

/** What is told where a build fails on both: why on the second, and that the first is no way out. */
export function failedOnBoth(first: unknown, second: unknown, python: string): unknown {
  if (!(first instanceof BuildFailed && second instanceof BuildFailed)) return second;
  const { fix: _, ...failure } = second.failure;
  return new BuildFailed({ ...failure, hint: `On Python ${python} it fails too: ${first.failure.message} Ask for versions that were made for one and the same Python.` }, { cause: first });
}

/** On which Python an environment could be made after all: what was learnt with one build is not tried again with the next. */
export class LearntPythons {
  readonly #known = new Map<string, string>();

  of(plan: BuildPlan): string | undefined {
    return this.#known.get(keyOf(plan));
  }

  learn(plan: BuildPlan, python: string): void {
    this.#known.set(keyOf(plan), python);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}

const keyOf = ({ environmentInputs }: BuildPlan): string => createHash('sha256').update(JSON.stringify(environmentInputs)).digest('hex');
