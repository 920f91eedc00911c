import { All, Controller, Inject, Req, Res } from '@nestjs/common';
import type { Logger } from '@weir/telemetry';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LOGGER } from '../config.ts';
import { GitRemote } from './git-remote.ts';

@Controller('git')
export class GitController {
  constructor(
    @Inject(GitRemote) private readonly remote: GitRemote,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @All('*path')
  async handle(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    try {
      await this.remote.handle(request, response);
    } catch (error) {
      this.log.error({ err: error }, 'git.request_failed');
      if (response.headersSent) response.destroy();
      else response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end('The Git remote is not available. Try again in a moment.\n');
    }
  }
}
