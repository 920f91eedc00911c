import { Injectable } from '@nestjs/common';
import { Database } from '@weir/database';
import type { ActorContext } from '../identity/actor-context.ts';
import { ListSecrets, type SecretListView } from './list-secrets.ts';
import { SecretVersions } from './secret-versions.ts';

/** Replaces all secrets of an app. Running instances get the new file; the process's environment changes at its next start. */
@Injectable()
export class SetSecrets {
  constructor(private readonly db: Database, private readonly versions: SecretVersions, private readonly listSecrets: ListSecrets) {}

  async execute(ctx: ActorContext, ref: string, toml: string): Promise<SecretListView> {
    ctx.require('secret.set');
    await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const app = await tx.apps.lock(ref);
      await this.versions.write(tx, ctx, app.id, toml); // audits
      tx.changes.instances();
    });
    return this.listSecrets.execute(ctx, ref);
  }
}
