import { Injectable } from '@nestjs/common';
import type { AppView, CreateApp as CreateAppInput } from '@weir/contracts';
import { Database, isUniqueViolation, mintId, type Tx } from '@weir/database';
import { DEFAULT_LIMITS, LimitReached } from '@weir/domain';
import { randomInt } from 'node:crypto';
import { Config } from '../config.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { SecretVersions } from '../secrets/secret-versions.ts';
import { AppViews } from './app-views.ts';
import { CheckSettings, hostnameTaken } from './check-settings.ts';
import { settleLimits } from './limits.ts';
import { runColumns } from './run-settings.ts';
import { sourceColumns } from './source.ts';

const [FIRST_UID, LAST_UID] = [10_000, 59_999];
const UID_LOCK = 0x75696473; // "uids"

/** A user id that no app has. From a random one on, so that two installations on one host rarely meet. */
async function allotUid(tx: Tx): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${UID_LOCK})`;
  const start = randomInt(FIRST_UID, LAST_UID + 1);
  const [free] = await tx.$queryRaw<{ uid: number }[]>`
    SELECT uid FROM generate_series(${FIRST_UID}::int, ${LAST_UID}::int) AS uid
    WHERE NOT EXISTS (SELECT 1 FROM "app" WHERE "app"."uid" = uid.uid) ORDER BY uid < ${start}, uid LIMIT 1`;
  if (!free) throw new LimitReached('app.too_many', 'This installation holds as many apps as it can.');
  return free.uid;
}

/** Creates an app. It runs once it is deployed. */
@Injectable()
export class CreateApp {
  constructor(private readonly db: Database, private readonly config: Config, private readonly checkSettings: CheckSettings, private readonly views: AppViews, private readonly secrets: SecretVersions) {}

  async execute(ctx: ActorContext, input: CreateAppInput): Promise<AppView> {
    ctx.require('app.create');
    const { hostname, python = null, secrets: toml } = input;
    await this.checkSettings.execute(input);
    const limits = settleLimits(input.limits, DEFAULT_LIMITS, this.config.maxLimits);
    const source = sourceColumns(input.source);
    if (toml !== undefined) this.secrets.check(toml);
    try {
      const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
        const created = await tx.app.create({ data: { id: mintId('app'), workspaceId: ctx.workspaceId, hostname, python, uid: await allotUid(tx), ...limits, ...source, ...runColumns(input) } });
        await tx.audit(ctx, { action: 'app.create', target: created.id, details: { hostname, source: source.sourceKind } });
        if (toml !== undefined && toml.trim() !== '') await this.secrets.write(tx, ctx, created.id, toml);
        tx.changes.instances(); // workers keep what belongs to apps that exist
        tx.changes.route(created.id);
        return created;
      });
      return await this.views.one(app);
    } catch (error) {
      throw isUniqueViolation(error) ? hostnameTaken(hostname) : error;
    }
  }
}
