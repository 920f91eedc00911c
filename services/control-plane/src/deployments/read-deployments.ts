import { Injectable } from '@nestjs/common';
import type { DeploymentView } from '@weir/contracts';
import { Database, type Page, type PageRequest } from '@weir/database';
import type { ActorContext } from '../identity/actor-context.ts';
import { DeploymentViews } from './deployment-views.ts';

/** Reads deployments, newest first. */
@Injectable()
export class ReadDeployments {
  constructor(private readonly db: Database, private readonly views: DeploymentViews) {}

  async read(ctx: ActorContext, id: string): Promise<DeploymentView> {
    ctx.require('app.read');
    return this.views.one(await this.db.in(ctx.workspaceId).deployments.get(id));
  }

  async list(ctx: ActorContext, ref: string, page: PageRequest): Promise<Page<DeploymentView>> {
    ctx.require('app.read');
    const workspace = this.db.in(ctx.workspaceId);
    const app = await workspace.apps.get(ref);
    const { items, next } = await workspace.deployments.page(app.id, page);
    return { items: await this.views.of(items), next };
  }
}
