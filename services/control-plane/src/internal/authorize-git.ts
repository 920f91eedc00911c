import { Injectable } from '@nestjs/common';
import type { AuthorizeGit as AuthorizeGitBody, GitAuthorization } from '@weir/contracts';
import { Database, type Rows } from '@weir/database';
import { type AppId, NotFound, Unauthenticated } from '@weir/domain';
import type { z } from 'zod';
import type { ActorContext } from '../identity/actor-context.ts';
import { Authenticator } from '../identity/authenticator.ts';

export interface GitAccess {
  readonly ctx: ActorContext;
  readonly app: Rows.App;
}

/**
 * Decides who may use an app's built-in Git remote. The password of Git's Basic
 * authentication is an API token.
 */
@Injectable()
export class AuthorizeGit {
  constructor(private readonly db: Database, private readonly authenticator: Authenticator) {}

  async execute(body: z.infer<typeof AuthorizeGitBody>): Promise<GitAuthorization> {
    const { ctx, app } = await this.access(body);
    return { app: app.id as AppId, workspace: ctx.workspaceId, branch: app.branch, example: app.example };
  }

  /** @throws Unauthenticated for an unknown token; NotFound for an app of another workspace or another source */
  async access({ app: name, token, write }: z.infer<typeof AuthorizeGitBody>): Promise<GitAccess> {
    const ctx = await this.authenticator.fromToken(token);
    if (!ctx) throw new Unauthenticated();
    ctx.require(write ? 'deployment.create' : 'app.read');
    const ref = name.replace(/\.git$/, '');
    const app = await this.db.in(ctx.workspaceId).apps.get(ref);
    if (app.sourceKind !== 'builtin') throw new NotFound('app', ref);
    return { ctx, app };
  }
}
