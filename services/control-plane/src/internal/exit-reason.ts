import type { InstanceReport } from '@weir/contracts';
import type { Failure, InstanceStatus, Limits } from '@weir/domain';

type Exit = InstanceReport['exit'];
const EXCERPT_LENGTH = 4000;

/**
 * How a process ended, in words that follow "The app".
 *
 * @param hasServed whether it was healthy before: then its silence is no slow start
 */
export function exitReason(exit: Exit, { memoryMib }: Pick<Limits, 'memoryMib'>, hasServed = false): string {
  if (exit?.oom) return `used more than its ${memoryMib} MiB of memory`;
  if (exit?.signal) return `was ended by the signal ${exit.signal}`;
  if (exit?.code === 0) return 'ended by itself (exit code 0)';
  if (typeof exit?.code === 'number') return `ended with exit code ${exit.code}`;
  if (hasServed && exit?.unansweredMs !== undefined) return `stopped answering its health checks, and was ended after ${Math.round(exit.unansweredMs / 1000)} s without an answer`;
  return 'did not become healthy in time';
}

const excerptOf = (exit: Exit): string | null => exit?.lastLines.join('\n').slice(-EXCERPT_LENGTH) || null;

/**
 * Why a release that ended before it served anybody failed its deployment: as its worker explains it, who has
 * the log, else by how it ended.
 *
 * @param before what was last seen of the instance: it may have answered, but badly
 */
export function startFailure({ status, exit }: Pick<InstanceReport, 'status' | 'exit'>, before: InstanceStatus, limits: Pick<Limits, 'memoryMib'>, most: Pick<Limits, 'memoryMib'>): Failure {
  const isHung = before === 'unhealthy' || (before === 'healthy' && exit?.unansweredMs !== undefined);
  if (exit?.failure && !isHung) return withinReach(exit.failure, limits, most);
  const excerpt = excerptOf(exit);
  if (exit?.oom) {
    return { code: 'app.out_of_memory', phase: 'start', message: `The app ${exitReason(exit, limits)} while it started.`, hint: 'Raise the memory limit in the app’s settings, or load less data at the start.', excerpt };
  }
  if (status !== 'failed' && exit && (exit.code !== null || exit.signal !== null)) { // `failed`: the worker ended it, so its exit says nothing
    return { code: 'app.exited', phase: 'start', message: `The app ${exitReason(exit, limits)} before it answered.`, hint: 'Its last lines say why. The same command on your machine, streamlit run with the entry file, should show it too.', excerpt };
  }
  if (isHung) {
    return { code: 'app.unhealthy', phase: 'healthy', message: 'The app started, but its health check was not answered as it should be.', hint: 'Look at the app’s log for errors of the server itself.', excerpt };
  }
  return { code: 'app.start_timeout', phase: 'healthy', message: 'The app did not become healthy in time.', hint: 'Look at the app’s log. Work that takes long belongs behind st.cache_data or st.cache_resource, so that the server answers at once.', excerpt };
}

/** A worker does not know what the operator allows: no more memory is offered than that. */
function withinReach({ fix, ...failure }: Failure, { memoryMib }: Pick<Limits, 'memoryMib'>, most: Pick<Limits, 'memoryMib'>): Failure {
  if (fix?.setting !== 'memoryMib') return { ...failure, ...(fix && { fix }) };
  return memoryMib >= most.memoryMib ? failure : { ...failure, fix: { ...fix, value: Math.min(fix.value, most.memoryMib) } };
}
