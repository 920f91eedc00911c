import { Injectable } from '@nestjs/common';
import type { LogPage, LogQuery } from '@weir/contracts';
import { Database } from '@weir/database';
import { NotFound } from '@weir/domain';
import type { ActorContext } from '../identity/actor-context.ts';
import { LogReader } from './log-reader.ts';

/** Reads the log of an app or of one of its builds. */
@Injectable()
export class ReadLog {
  constructor(private readonly db: Database, private readonly reader: LogReader) {}

  async execute(ctx: ActorContext, ref: string, { kind, deployment, ...page }: LogQuery, signal?: AbortSignal): Promise<LogPage> {
    ctx.require('log.read');
    const { id } = await this.db.in(ctx.workspaceId).apps.get(ref);
    const subject = kind === 'app' ? id : await this.#build(ctx, id, deployment);
    return subject === undefined ? { lines: [], ended: true } : this.reader.read({ subject, ...page }, signal);
  }

  async #build(ctx: ActorContext, appId: string, id: string | undefined): Promise<string | undefined> {
    const workspace = this.db.in(ctx.workspaceId);
    if (id === undefined) return (await workspace.deployments.page(appId, { limit: 1 })).items[0]?.id;
    const deployment = await workspace.deployments.get(id);
    if (deployment.appId !== appId) throw new NotFound('deployment', id);
    return deployment.id;
  }
}
