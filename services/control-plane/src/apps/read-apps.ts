import { Injectable } from '@nestjs/common';
import type { AppView } from '@weir/contracts';
import { Database, type Page, type PageRequest } from '@weir/database';
import type { ActorContext } from '../identity/actor-context.ts';
import { AppViews } from './app-views.ts';

/** Reads apps, newest first. */
@Injectable()
export class ReadApps {
  constructor(private readonly db: Database, private readonly views: AppViews) {}

  async read(ctx: ActorContext, ref: string): Promise<AppView> {
    ctx.require('app.read');
    return this.views.one(await this.db.in(ctx.workspaceId).apps.get(ref));
  }

  async list(ctx: ActorContext, page: PageRequest): Promise<Page<AppView>> {
    ctx.require('app.read');
    const { items, next } = await this.db.in(ctx.workspaceId).apps.page(page);
    return { items: await this.views.of(items), next };
  }
}
