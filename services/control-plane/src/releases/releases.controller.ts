import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { PreviewRollback } from './preview-rollback.ts';
import { ReadReleases } from './read-releases.ts';
import { RollBackApp } from './roll-back-app.ts';

@Controller('api/v1')
export class ReleasesController {
  constructor(private readonly readReleases: ReadReleases, private readonly previewRollback: PreviewRollback, private readonly rollBackApp: RollBackApp) {}

  @Operation('releases.list')
  list(@Actor() ctx: ActorContext, @Input() { params, query }: Given<'releases.list'>) {
    return this.readReleases.list(ctx, params.app, query);
  }

  @Operation('releases.lock')
  lock(@Actor() ctx: ActorContext, @Input() { params }: Given<'releases.lock'>) {
    return this.readReleases.lock(ctx, params.app, params.release);
  }

  @Operation('rollback.preview')
  preview(@Actor() ctx: ActorContext, @Input() { params, query }: Given<'rollback.preview'>) {
    return this.previewRollback.execute(ctx, { ...params, ...query });
  }

  @Operation('rollback.create')
  create(@Actor() ctx: ActorContext, @Input() { params, body }: Given<'rollback.create'>) {
    return this.rollBackApp.execute(ctx, { ...params, ...body });
  }
}
