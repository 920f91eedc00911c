import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { SleepApp } from './sleep-app.ts';
import { WakeApp } from './wake-app.ts';

@Controller('api/v1')
export class AppSleepController {
  constructor(private readonly sleepApp: SleepApp, private readonly wakeApp: WakeApp) {}

  @Operation('apps.sleep')
  sleep(@Actor() ctx: ActorContext, @Input() { params, body }: Given<'apps.sleep'>) {
    return this.sleepApp.execute(ctx, params.app, body.depth);
  }

  @Operation('apps.wake')
  wake(@Actor() ctx: ActorContext, @Input() { params }: Given<'apps.wake'>) {
    return this.wakeApp.execute(ctx, params.app);
  }
}
