import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Unauthenticated } from '@weir/domain';
import type { Request } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Config } from '../config.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets in the installation's own processes, which share one token. Digests are compared, so that no length shows. */
@Injectable()
export class InternalGuard implements CanActivate {
  readonly #expected: Buffer;

  constructor(config: Config) {
    this.#expected = digest(config.internalToken);
  }

  canActivate(context: ExecutionContext): boolean {
    const { authorization } = context.switchToHttp().getRequest<Request>().headers;
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digest(token), this.#expected)) throw new Unauthenticated();
    return true;
  }
}
