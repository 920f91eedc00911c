import { Controller, Req } from '@nestjs/common';
import type { Request } from 'express';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { callerGone } from '../realtime/caller-gone.ts';
import { ReadLog } from './read-log.ts';

@Controller('api/v1')
export class LogsController {
  constructor(private readonly readLog: ReadLog) {}

  @Operation('logs.read')
  read(@Actor() ctx: ActorContext, @Input() { params, query }: Given<'logs.read'>, @Req() request: Request) {
    return this.readLog.execute(ctx, params.app, query, callerGone(request));
  }
}
