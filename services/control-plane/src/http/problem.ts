import type { Problem } from '@weir/contracts';
import { DomainError, type ErrorKind } from '@weir/domain';
import { InvalidRequest } from './invalid-request.ts';

const STATUS: Record<ErrorKind, number> = { invalid: 422, unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409, limit: 429, unavailable: 503, internal: 500 };

/** What the framework refuses before a verb sees it, by status. */
const REFUSED: Record<number, { code: string; detail: string }> = {
  400: { code: 'request.malformed', detail: 'The request cannot be read.' },
  404: { code: 'request.no_such_endpoint', detail: 'There is nothing at this address.' },
  413: { code: 'request.too_large', detail: 'The request is too large.' },
  415: { code: 'request.malformed', detail: 'The request cannot be read.' },
};

const INTERNAL = { status: 500, code: 'internal', detail: 'Something went wrong on our side. The request id helps to find it in the log.' };
const UNAVAILABLE = { status: 503, code: 'database.unavailable', detail: 'The database does not answer. Try again in a moment.' };

const DATABASE_GONE = /^(P1001|P1002|P1008|P1017|P2024|P2028|P2037|ECONNREFUSED|ECONNRESET|57P0\d|08\d{3})$/;

/** Whether an error, or what caused it, says that the database cannot be reached. */
function databaseIsGone(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { code, cause, meta, name, message } = error as { code?: unknown; cause?: unknown; meta?: { driverAdapterError?: unknown }; name?: unknown; message?: unknown };
  if (typeof code === 'string' && DATABASE_GONE.test(code)) return true;
  if (name === 'PrismaClientInitializationError' || name === 'DatabaseNotReachable') return true;
  if (typeof message === 'string' && /Can't reach database server|Connection terminated|Server has closed the connection/.test(message)) return true;
  return databaseIsGone(cause, depth + 1) || databaseIsGone(meta?.driverAdapterError, depth + 1);
}

const statusOf = (error: unknown): number | undefined => {
  const { status, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as { status?: unknown; statusCode?: unknown };
  return [status, statusCode].find((value): value is number => typeof value === 'number' && value >= 400 && value < 500);
};

function fieldErrors(error: DomainError): Problem['errors'] {
  if (error instanceof InvalidRequest) return [...error.errors];
  return 'field' in error && typeof error.field === 'string' ? [{ field: error.field, message: error.publicMessage }] : undefined;
}

function told(error: unknown): Pick<Problem, 'status' | 'code' | 'detail' | 'errors'> {
  if (error instanceof DomainError) {
    const errors = fieldErrors(error);
    return { status: STATUS[error.kind], code: error.code, detail: error.publicMessage, ...(errors && { errors }) };
  }
  if (databaseIsGone(error)) return UNAVAILABLE;
  const status = statusOf(error);
  return status === undefined ? INTERNAL : { status, ...(REFUSED[status] ?? { code: 'request.refused', detail: 'The request was refused.' }) };
}

const TITLES: Record<number, string> = { 400: 'Bad request', 401: 'Sign in first', 403: 'Not allowed', 404: 'Not found', 409: 'Conflict', 413: 'Too large', 422: 'Cannot be accepted', 429: 'Too many', 500: 'Internal error', 503: 'Unavailable' };

/** An error as RFC 9457 tells it. An unknown error shows no detail. */
export function problemOf(error: unknown, requestId?: string): Problem {
  const { status, code, detail, errors } = told(error);
  return { type: `urn:weir:error:${code}`, title: TITLES[status] ?? 'Refused', status, code, detail, ...(requestId && { requestId }), ...(errors && { errors }) };
}
