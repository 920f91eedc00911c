import { context, type Logger } from '@weir/telemetry';
import type { NextFunction, Request, Response } from 'express';
import { randomUUID } from 'node:crypto';

const ID = /^[A-Za-z0-9_-]{8,64}$/;

/** Gives every request an id, and one line in the log when it ends. Query strings are not logged. */
export function requestContext(log: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && ID.test(given) ? given : randomUUID();
    const startedAt = performance.now();
    response.setHeader('x-request-id', requestId);
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    response.once('close', () => {
      const level = request.path.startsWith('/internal/') ? 'debug' : 'info';
      log[level]({ requestId, method: request.method, path: request.path, status: response.statusCode, ms: Math.round(performance.now() - startedAt) }, 'request.ended');
    });
    context.run({ requestId }, next);
  };
}
