import { Body, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { CursorQuery, GatewayActivity } from '@weir/contracts';
import type { Request } from 'express';
import type { z } from 'zod';
import { callerGone } from '../realtime/caller-gone.ts';
import { ReadRoutes } from '../routes/read-routes.ts';
import { InternalApi } from './internal-api.ts';
import { parse } from './parse.ts';
import { RecordActivity } from './record-activity.ts';

/** What the gateway follows. */
@InternalApi('routes')
export class RoutesController {
  constructor(private readonly readRoutes: ReadRoutes) {}

  @Get()
  read(@Query(parse(CursorQuery)) query: z.infer<typeof CursorQuery>, @Req() request: Request) {
    return this.readRoutes.execute(query, callerGone(request));
  }
}

/** What the gateway tells. */
@InternalApi('gateway')
export class GatewayController {
  constructor(private readonly recordActivity: RecordActivity) {}

  @Post('activity')
  @HttpCode(204)
  activity(@Body(parse(GatewayActivity)) body: z.infer<typeof GatewayActivity>) {
    return this.recordActivity.execute(body);
  }
}
