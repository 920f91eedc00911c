import { Injectable } from '@nestjs/common';
import type { AuditPage as Contract } from '@weir/contracts';
import { Database, type PageRequest } from '@weir/database';
import type { Id } from '@weir/domain';
import type { z } from 'zod';
import type { ActorContext } from '../identity/actor-context.ts';

type AuditPage = z.infer<typeof Contract>;

/** What was done in a workspace, newest first. */
@Injectable()
export class ListAudit {
  constructor(private readonly db: Database) {}

  async execute(ctx: ActorContext, page: PageRequest): Promise<AuditPage> {
    ctx.require('audit.read');
    const { items, next } = await this.db.in(ctx.workspaceId).auditEvents(page);
    return {
      next,
      items: items.map(({ id, at, actorKind, actorName, action, target, details }) => ({
        id: id as Id<'auditEvent'>,
        at: at.toISOString(),
        actor: { kind: actorKind as 'user' | 'token' | 'push' | 'system', name: actorName },
        action,
        target,
        details: details as Record<string, unknown>,
      })),
    };
  }
}
