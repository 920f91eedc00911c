import { Body, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { AppendLog as AppendLogBody } from '@weir/contracts';
import type { Request } from 'express';
import { z } from 'zod';
import { AppendLog } from '../logs/append-log.ts';
import { LogReader } from '../logs/log-reader.ts';
import { callerGone } from '../realtime/caller-gone.ts';
import { InternalApi } from './internal-api.ts';
import { parse } from './parse.ts';

const ReadLogQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  waitMs: z.coerce.number().int().min(0).max(25_000).default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
});

@InternalApi('logs/:subject')
export class InternalLogsController {
  constructor(private readonly appendLog: AppendLog, private readonly reader: LogReader) {}

  @Post()
  @HttpCode(204)
  append(@Param('subject') subject: string, @Body(parse(AppendLogBody)) body: z.infer<typeof AppendLogBody>) {
    return this.appendLog.execute(subject, body);
  }

  @Get()
  read(@Param('subject') subject: string, @Query(parse(ReadLogQuery)) query: z.infer<typeof ReadLogQuery>, @Req() request: Request) {
    return this.reader.read({ subject, ...query }, callerGone(request));
  }
}
