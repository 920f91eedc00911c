import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { RebootApp } from './reboot-app.ts';
import { StartApp } from './start-app.ts';
import { StopApp } from './stop-app.ts';

@Controller('api/v1')
export class AppOperationsController {
  constructor(private readonly stopApp: StopApp, private readonly startApp: StartApp, private readonly rebootApp: RebootApp) {}

  @Operation('apps.stop')
  stop(@Actor() ctx: ActorContext, @Input() { params }: Given<'apps.stop'>) {
    return this.stopApp.execute(ctx, params.app);
  }

  @Operation('apps.start')
  start(@Actor() ctx: ActorContext, @Input() { params }: Given<'apps.start'>) {
    return this.startApp.execute(ctx, params.app);
  }

  @Operation('apps.reboot')
  reboot(@Actor() ctx: ActorContext, @Input() { params }: Given<'apps.reboot'>) {
    return this.rebootApp.execute(ctx, params.app);
  }
}
