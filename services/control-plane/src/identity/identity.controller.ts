import { Controller, Headers, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../config.ts';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from './actor-context.ts';
import { Actor } from './actor.ts';
import { CreateSession } from './create-session.ts';
import { readCookie, sessionCookieName } from './credentials.ts';
import { DeleteSession } from './delete-session.ts';
import { ReadMe } from './read-me.ts';

@Controller('api/v1')
export class IdentityController {
  constructor(private readonly createSession: CreateSession, private readonly deleteSession: DeleteSession, private readonly readMe: ReadMe, private readonly config: Config) {}

  @Operation('session.create')
  async create(@Input() { body }: Given<'session.create'>, @Res({ passthrough: true }) response: Response) {
    const created = await this.createSession.execute(body.token);
    response.cookie(created.cookie, created.session, { ...this.#cookie, expires: new Date(created.expiresAt) });
    return created;
  }

  @Operation('session.delete')
  async delete(@Actor() ctx: ActorContext, @Headers('cookie') cookies: string | undefined, @Res({ passthrough: true }) response: Response) {
    const name = sessionCookieName(this.config.secure);
    await this.deleteSession.execute(ctx, readCookie(cookies, name));
    response.clearCookie(name, this.#cookie);
  }

  @Operation('me.read')
  me(@Actor() ctx: ActorContext) {
    return this.readMe.execute(ctx);
  }

  get #cookie() {
    return { httpOnly: true, sameSite: 'lax', secure: this.config.secure, path: '/' } as const;
  }
}
