import { ApiProblem } from '@weir/api-client';
import type { Problem } from '@weir/contracts';
import { DomainError, type ErrorKind } from '@weir/domain';

const STATUS: Record<ErrorKind, number> = { invalid: 422, unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409, limit: 429, unavailable: 503, internal: 500 };

/** How a command ended that did not get what it wanted: 1 failed, 2 refused or misused. */
export interface Ending {
  readonly code: 1 | 2;
  readonly problem: Problem;
}

/** What an error says to whoever gave the command. */
export function endingOf(error: unknown): Ending {
  if (error instanceof ApiProblem) return { code: error.status >= 500 ? 1 : 2, problem: error.problem };
  if (error instanceof DomainError) return { code: STATUS[error.kind] >= 500 ? 1 : 2, problem: problem(STATUS[error.kind], error.code, error.publicMessage) };
  if (isUnreachable(error)) return { code: 1, problem: problem(503, 'cli.unreachable', 'The platform does not answer. Is it running? ./weir status shows its processes.') };
  return { code: 1, problem: problem(500, 'cli.unexpected', error instanceof Error ? error.message : String(error)) };
}

/** A problem for people: the sentence, then each field to mend. */
export const sayProblem = ({ detail, errors }: Problem): string => [detail, ...(errors ?? []).map(({ field, message }) => `  ${field}: ${message}`)].join('\n');

export const problem = (status: number, code: string, detail: string): Problem => ({ type: `urn:weir:error:${code}`, title: status < 500 ? 'Refused' : 'Failed', status, code, detail });

/** `fetch` says `fetch failed` and hides the socket's error in the cause. */
function isUnreachable(error: unknown): boolean {
  const codes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT']);
  for (let one = error; one instanceof Error; one = one.cause) if (codes.has((one as NodeJS.ErrnoException).code ?? '')) return true;
  return false;
}
