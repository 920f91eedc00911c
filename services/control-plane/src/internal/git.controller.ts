import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { AuthorizeGit as AuthorizeGitBody, PushReceived } from '@weir/contracts';
import type { z } from 'zod';
import { AuthorizeGit } from './authorize-git.ts';
import { InternalApi } from './internal-api.ts';
import { parse } from './parse.ts';
import { ReceivePush } from './receive-push.ts';

@InternalApi('git')
export class GitController {
  constructor(private readonly authorizeGit: AuthorizeGit, private readonly receivePush: ReceivePush) {}

  @Post('authorize')
  @HttpCode(200)
  authorize(@Body(parse(AuthorizeGitBody)) body: z.infer<typeof AuthorizeGitBody>) {
    return this.authorizeGit.execute(body);
  }

  @Post(':app/pushes')
  @HttpCode(200)
  push(@Param('app') app: string, @Body(parse(PushReceived)) body: z.infer<typeof PushReceived>) {
    return this.receivePush.execute(app, body);
  }
}
