import { HttpCode, Param, Post } from '@nestjs/common';
import { WakeVisitedApp } from '../sleep/wake-visited-app.ts';
import { InternalApi } from './internal-api.ts';
import { idParam } from './parse.ts';

/** What the gateway asks for when somebody visits an app that sleeps. */
@InternalApi('apps')
export class WakeController {
  constructor(private readonly wakeVisitedApp: WakeVisitedApp) {}

  @Post(':app/wake')
  @HttpCode(204)
  wake(@Param('app', idParam('app')) app: string) {
    return this.wakeVisitedApp.execute(app);
  }
}
