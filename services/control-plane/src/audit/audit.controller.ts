import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { ListAudit } from './list-audit.ts';

@Controller('api/v1')
export class AuditController {
  constructor(private readonly listAudit: ListAudit) {}

  @Operation('audit.list')
  list(@Actor() ctx: ActorContext, @Input() { query }: Given<'audit.list'>) {
    return this.listAudit.execute(ctx, query);
  }
}
