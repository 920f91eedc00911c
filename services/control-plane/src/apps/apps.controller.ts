import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { CreateApp } from './create-app.ts';
import { DeleteApp } from './delete-app.ts';
import { ReadApps } from './read-apps.ts';
import { UpdateApp } from './update-app.ts';

@Controller('api/v1')
export class AppsController {
  constructor(private readonly readApps: ReadApps, private readonly createApp: CreateApp, private readonly updateApp: UpdateApp, private readonly deleteApp: DeleteApp) {}

  @Operation('apps.list')
  list(@Actor() ctx: ActorContext, @Input() { query }: Given<'apps.list'>) {
    return this.readApps.list(ctx, query);
  }

  @Operation('apps.create')
  create(@Actor() ctx: ActorContext, @Input() { body }: Given<'apps.create'>) {
    return this.createApp.execute(ctx, body);
  }

  @Operation('apps.read')
  read(@Actor() ctx: ActorContext, @Input() { params }: Given<'apps.read'>) {
    return this.readApps.read(ctx, params.app);
  }

  @Operation('apps.update')
  update(@Actor() ctx: ActorContext, @Input() { params, body }: Given<'apps.update'>) {
    return this.updateApp.execute(ctx, params.app, body);
  }

  @Operation('apps.delete')
  delete(@Actor() ctx: ActorContext, @Input() { params }: Given<'apps.delete'>) {
    return this.deleteApp.execute(ctx, params.app);
  }
}
