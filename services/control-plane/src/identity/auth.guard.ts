import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Unauthenticated } from '@weir/domain';
import type { Request } from 'express';
import { Config } from '../config.ts';
import { PUBLIC } from '../http/public.ts';
import { setActor } from './actor.ts';
import { Authenticator } from './authenticator.ts';
import { CrossSite, isFromConsole } from './cross-site.ts';

/** Lets nobody in whom it does not know, unless the endpoint is marked public. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly authenticator: Authenticator, private readonly config: Config) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true; // live channels authenticate at the upgrade
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const found = await this.authenticator.fromHeaders(request.headers);
    if (!found) throw new Unauthenticated();
    if (found.by === 'session' && !isFromConsole(request.method, request.headers, this.config.consoleUrl)) throw new CrossSite();
    if (found.by === 'session') await this.authenticator.noteUse(request.headers);
    setActor(request, found.ctx);
    return true;
  }
}
