import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { context, type Logger } from '@weir/telemetry';
import type { Response } from 'express';
import { LOGGER } from './logger.ts';
import { problemOf } from './problem.ts';

/** Answers every error as `application/problem+json`; what nobody expected goes to the log whole. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const problem = problemOf(error, context.getStore()?.requestId);
    if (problem.status >= 500) this.log.error({ err: error, code: problem.code }, 'request.failed');
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return void response.destroy();
    if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
