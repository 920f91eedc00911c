import { Injectable } from '@nestjs/common';
import { Database } from '@weir/database';
import type { ActorContext } from './actor-context.ts';
import { hashOf } from './credentials.ts';

/** Signs a browser out. With an API token there is nothing to end, and nothing happens. */
@Injectable()
export class DeleteSession {
  constructor(private readonly db: Database) {}

  async execute(ctx: ActorContext, session: string | undefined): Promise<void> {
    if (ctx.actor.kind !== 'user' || session === undefined) return;
    await this.db.transaction(async (tx) => {
      await tx.session.deleteMany({ where: { hash: hashOf(session), userId: ctx.actor.id } });
      await tx.audit(ctx, { action: 'session.delete', target: ctx.actor.id });
    });
  }
}
