import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { WORKER_CONFIG, type WorkerConfig } from './config.ts';
import { isBearer } from './git/git-request.ts';

/** Lets in the processes of this installation alone. */
@Injectable()
export class InternalTokenGuard implements CanActivate {
  constructor(@Inject(WORKER_CONFIG) private readonly config: WorkerConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { authorization } = context.switchToHttp().getRequest<IncomingMessage>().headers;
    if (!isBearer(authorization, this.config.WEIR_INTERNAL_TOKEN)) throw new UnauthorizedException();
    return true;
  }
}
