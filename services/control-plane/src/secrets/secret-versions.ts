import { Injectable } from '@nestjs/common';
import type { InstanceSecrets } from '@weir/contracts';
import { Database, type Prisma, type Tx } from '@weir/database';
import { DataKey, Envelope, fingerprint, KeyEncryptionKey, parseSecrets } from '@weir/secrets-crypto';
import { randomUUID } from 'node:crypto';
import type { ActorContext } from '../identity/actor-context.ts';
import { namesIn, nextNames } from './secret-names.ts';

/** The document as a whole is one sealed value of the app. */
const WHOLE = 'secrets.toml';

interface HeldKey {
  readonly id: string;
  readonly key: DataKey;
}

/** Versions of apps' secrets: sealed on their way in, opened for an instance alone. */
@Injectable()
export class SecretVersions {
  constructor(private readonly db: Database, private readonly kek: KeyEncryptionKey) {}

  /** @throws SecretsProblem if this is not TOML; it says where, never what */
  check(toml: string): void {
    parseSecrets(toml);
  }

  /** Replaces all secrets of an app, for each of its instances. Call with the app locked. @returns the new version */
  async write(tx: Tx, ctx: ActorContext, appId: string, text: string): Promise<number> {
    const { toml, values } = parseSecrets(text);
    const { secretsVersion } = await tx.app.findUniqueOrThrow({ where: { id: appId }, select: { secretsVersion: true } });
    const before = await namesIn(tx, appId, secretsVersion);
    const newest = await tx.secretVersion.aggregate({ where: { appId }, _max: { version: true } });
    const version = (newest._max.version ?? 0) + 1;
    const { id: dataKeyId, key } = await this.#dataKey(tx, ctx.workspaceId);
    const fingerprints = new Map([...values].map(([name, value]) => [name, fingerprint(key, name, value)]));
    const names = nextNames(before, fingerprints, { version, setBy: ctx.actor.name, setAt: new Date().toISOString() });
    const ciphertext = new Envelope(key).seal(toml, { workspace: ctx.workspaceId, app: appId, name: WHOLE, version });
    await tx.secretVersion.create({
      data: { id: randomUUID(), appId, version, dataKeyId, ciphertext: Uint8Array.from(ciphertext), names: names as unknown as Prisma.InputJsonArray, actorName: ctx.actor.name },
    });
    await tx.app.update({ where: { id: appId }, data: { secretsVersion: version } });
    await tx.instance.updateMany({ where: { appId, secretsVersion: { not: null } }, data: { secretsVersion: null } });
    const changed = names.filter((name) => name.version === version).map(({ name }) => name);
    const removed = before.map(({ name }) => name).filter((name) => !values.has(name));
    await tx.audit(ctx, { action: 'secret.set', target: appId, details: { version, changed, removed } });
    return version;
  }

  /** One version of an app's secrets, in the clear, for one of its instances. Version 0: none. @throws Unreadable */
  async open(appId: string, version: number): Promise<InstanceSecrets> {
    if (version === 0) return { version, toml: '', environment: {} };
    const row = await this.db.secretVersion.findUniqueOrThrow({ where: { appId_version: { appId, version } }, include: { dataKey: true } });
    const { workspaceId, wrapped } = row.dataKey;
    const key = this.kek.unwrap(wrapped, workspaceId);
    const toml = new Envelope(key).open(row.ciphertext, { workspace: workspaceId, app: appId, name: WHOLE, version: row.version });
    return { version: row.version, toml, environment: { ...parseSecrets(toml).environment } };
  }

  /** The workspace's data key, made the first time. */
  async #dataKey(tx: Tx, workspaceId: string): Promise<HeldKey> {
    await tx.$queryRaw`SELECT 1 FROM "workspace" WHERE "id" = ${workspaceId} FOR NO KEY UPDATE`;
    const found = await tx.dataKey.findFirst({ where: { workspaceId }, orderBy: { createdAt: 'desc' } });
    if (found) return { id: found.id, key: this.kek.unwrap(found.wrapped, workspaceId) };
    const key = DataKey.generate();
    const { id } = await tx.dataKey.create({ data: { id: randomUUID(), workspaceId, wrapped: Uint8Array.from(this.kek.wrap(key, workspaceId)), keyId: this.kek.id } });
    return { id, key };
  }
}
