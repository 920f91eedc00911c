import { Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { Config } from '../config.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Authenticator } from '../identity/authenticator.ts';

/** Decides who may listen. Browsers open WebSockets across origins and send cookies along: a session counts from the console's own pages only. */
@Injectable()
export class LiveAccess {
  constructor(private readonly authenticator: Authenticator, private readonly config: Config) {}

  async actorOf(headers: IncomingHttpHeaders): Promise<ActorContext | undefined> {
    const found = await this.authenticator.fromHeaders(headers);
    if (!found || (found.by === 'session' && headers.origin !== this.config.consoleUrl)) return undefined;
    return found.ctx;
  }
}
