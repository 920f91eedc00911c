import { Body, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { CursorQuery, InstanceReport } from '@weir/contracts';
import type { Request } from 'express';
import type { z } from 'zod';
import { callerGone } from '../realtime/caller-gone.ts';
import { InternalApi } from './internal-api.ts';
import { idParam, parse } from './parse.ts';
import { ReadInstanceSecrets } from './read-instance-secrets.ts';
import { ReadInstances } from './read-instances.ts';
import { ReportInstance } from './report-instance.ts';

const instance = idParam('instance');

@InternalApi('instances')
export class InstancesController {
  constructor(private readonly readInstances: ReadInstances, private readonly reportInstance: ReportInstance, private readonly readSecrets: ReadInstanceSecrets) {}

  @Get()
  read(@Query(parse(CursorQuery)) query: z.infer<typeof CursorQuery>, @Req() request: Request) {
    return this.readInstances.execute(query, callerGone(request));
  }

  @Post(':instance/report')
  @HttpCode(204)
  report(@Param('instance', instance) id: string, @Body(parse(InstanceReport)) body: InstanceReport) {
    return this.reportInstance.execute(id, body);
  }

  @Get(':instance/secrets')
  secrets(@Param('instance', instance) id: string) {
    return this.readSecrets.execute(id);
  }
}
