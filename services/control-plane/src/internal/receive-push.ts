import { Injectable } from '@nestjs/common';
import type { PushAnswer, PushReceived } from '@weir/contracts';
import { Database } from '@weir/database';
import type { z } from 'zod';
import { DeployApp } from '../deployments/deploy-app.ts';
import { AuthorizeGit } from './authorize-git.ts';

/**
 * Deploys what was pushed to an app's built-in remote.
 *
 * An app without a branch follows the first one that is pushed; of several in one push the
 * worker names main or master first. Pushes of other branches are kept and deploy nothing.
 */
@Injectable()
export class ReceivePush {
  constructor(private readonly db: Database, private readonly authorizeGit: AuthorizeGit, private readonly deployApp: DeployApp) {}

  async execute(name: string, { token, branch, commit }: z.infer<typeof PushReceived>): Promise<z.infer<typeof PushAnswer>> {
    const { ctx, app } = await this.authorizeGit.access({ app: name, token, write: true });
    if (app.branch === null) await this.db.app.updateMany({ where: { id: app.id, branch: null }, data: { branch } }); // the first of two pushes wins
    const followed = app.branch ?? (await this.db.in(ctx.workspaceId).apps.get(app.id)).branch ?? branch;
    if (followed !== branch) return { deployment: null, branch: followed };
    const deployment = await this.deployApp.execute(ctx.asPush(), { app: app.id, commit, reason: 'push' });
    return { deployment: deployment.id, branch };
  }
}
