import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.ts';
import { ListAudit } from './list-audit.ts';

@Module({ controllers: [AuditController], providers: [ListAudit] })
export class AuditModule {}
