import { Injectable } from '@nestjs/common';
import type { SecretList } from '@weir/contracts';
import { Database } from '@weir/database';
import type { z } from 'zod';
import type { ActorContext } from '../identity/actor-context.ts';
import { namesIn } from './secret-names.ts';

export type SecretListView = z.infer<typeof SecretList>;

/** The names of an app's secrets: which, by whom and when, never what. */
@Injectable()
export class ListSecrets {
  constructor(private readonly db: Database) {}

  async execute(ctx: ActorContext, ref: string): Promise<SecretListView> {
    ctx.require('secret.read');
    const app = await this.db.in(ctx.workspaceId).apps.get(ref);
    const names = await namesIn(this.db, app.id, app.secretsVersion);
    return { version: app.secretsVersion, items: names.map(({ name, version, setBy, setAt }) => ({ name, version, setBy, setAt })) };
  }
}
