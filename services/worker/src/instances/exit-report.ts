import type { Failure } from '@weir/domain';
import { APP_PORT, type ObservedInstance, RuntimeProblem } from '@weir/container-runtime';
import type { DesiredInstance, InstanceReport } from '@weir/contracts';
import type { Parts } from './parts.ts';
import { START_LIMIT_MS } from './health/health-watch.ts';

const LAST_LINES = 40;
const MAX_CHARACTERS = 2000;
/** A traceback has to fit. */
const EXPLAINED_LINES = 400;

interface Ending {
  readonly desired: DesiredInstance;
  readonly observed: ObservedInstance;
  /** It ran, and never answered its health check: we ended it. */
  readonly neverHealthy?: boolean;
  /** That we ended it, and why. */
  readonly by?: { readonly why: string; readonly unansweredMs: number };
}

/** How an instance ended, with what it said last; and what that means, should its deployment fail with it. */
export async function exitReport({ runtime, logger, explainEnd }: Pick<Parts, 'runtime' | 'logger' | 'explainEnd'>, { desired, observed, neverHealthy = false, by }: Ending): Promise<NonNullable<InstanceReport['exit']>> {
  const log = await runtime.lastLines(observed.id, EXPLAINED_LINES).catch((error: unknown) => {
    if (error instanceof RuntimeProblem) return []; // an end without its last words is still an end
    throw error;
  });
  const exit = observed.exit ?? { code: null, signal: null, oom: false };
  const explained = (): Failure => explainEnd({
    phase: neverHealthy ? 'healthy' : 'start', exitCode: neverHealthy ? null : exit.code, signal: exit.signal, oom: exit.oom, timedOut: neverHealthy, log, plan: null, port: APP_PORT,
    allowed: { memoryMib: desired.limits.memoryMib, seconds: START_LIMIT_MS / 1000 },
  });
  const failure = (observed.exit || neverHealthy) && orNothing(explained, (error) => logger.error({ err: error, instance: observed.id }, 'exit.unexplained'));
  return { ...exit, lastLines: [...log.slice(-LAST_LINES).map((line) => line.slice(0, MAX_CHARACTERS)), ...(by ? [by.why] : [])], ...(by && { unansweredMs: by.unansweredMs }), ...(failure && { failure }) };
}

/** A log may say anything: an end that cannot be explained is still reported, or the instance would be waited for without end. */
function orNothing(explained: () => Failure, tell: (error: unknown) => void): Failure | undefined {
  try {
    return explained();
  } catch (error) {
    tell(error);
    return undefined;
  }
}
