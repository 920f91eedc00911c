import { Injectable } from '@nestjs/common';
import type { LockView, ReleaseView } from '@weir/contracts';
import { Database, type Page, type PageRequest } from '@weir/database';
import { lockedPackages, type ReleaseId } from '@weir/domain';
import { releaseView } from '../apps/release-view.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { findRelease } from './find-release.ts';

/** Reads releases, newest first, and what was installed for one. */
@Injectable()
export class ReadReleases {
  constructor(private readonly db: Database) {}

  async list(ctx: ActorContext, ref: string, page: PageRequest): Promise<Page<ReleaseView>> {
    ctx.require('app.read');
    const workspace = this.db.in(ctx.workspaceId);
    const app = await workspace.apps.get(ref);
    const { items, next } = await workspace.releases(app.id, page);
    return { items: items.map((release) => releaseView(release, app.releaseId)), next };
  }

  async lock(ctx: ActorContext, ref: string, release: string): Promise<LockView> {
    ctx.require('app.read');
    const app = await this.db.in(ctx.workspaceId).apps.get(ref);
    const { id, lock } = await findRelease(this.db, app.id, release);
    return { release: id as ReleaseId, lock, packages: lock === null ? [] : lockedPackages(lock) };
  }
}
