import { RuntimeProblem } from '@weir/container-runtime';
import type { DesiredInstance } from '@weir/contracts';
import { instanceSpec } from './instance-spec.ts';
import type { Parts } from './parts.ts';
import type { Reports } from './reports.ts';

export interface Started {
  readonly createdAtMs: number;
  readonly startMs: number;
}

/** An engine that refused so often refuses for good. */
const REFUSALS = 3;

/** Brings one attempt of an instance up: its secrets, then its container. */
export class InstanceStarter {
  readonly #refusals = new Map<string, number>();

  constructor(private readonly parts: Parts, private readonly reports: Reports) {}

  /** Gives when it was started; nothing if it could not be, now or for good. */
  async start(desired: DesiredInstance): Promise<Started | undefined> {
    const { runtime, secrets, feed, clock, logger } = this.parts;
    const { id, uid, attempt } = desired;
    this.reports.send(id, { attempt, status: 'starting' });
    try {
      await secrets.write(id, uid, desired.secretsVersion === 0 ? { version: 0, toml: '', environment: {} } : await feed.secrets(id));
      const createdAtMs = clock.now();
      await runtime.start(instanceSpec(desired, secrets.folder(id)));
      return { createdAtMs, startMs: clock.now() - createdAtMs };
    } catch (error) {
      logger.warn({ err: error, instance: id, attempt }, 'instance not started');
      if (error instanceof RuntimeProblem && this.#isFinal(error, `${id}.${attempt}`)) {
        this.reports.send(id, { attempt, status: 'failed', ...(error.kind === 'image-missing' && { imageMissing: true }), exit: { code: null, signal: null, oom: false, lastLines: [`Weir: ${error.message}`] } });
      }
      return undefined;
    }
  }

  /** An engine that is away is nobody's failure: the next look tries again. */
  #isFinal({ kind }: RuntimeProblem, attempt: string): boolean {
    if (kind === 'unavailable') return false;
    const refusals = (this.#refusals.get(attempt) ?? 0) + 1;
    this.#refusals.set(attempt, refusals);
    if (kind === 'refused' && refusals < REFUSALS) return false;
    this.#refusals.delete(attempt);
    return true;
  }
}
