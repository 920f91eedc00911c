import { Injectable } from '@nestjs/common';
import type { InstanceSecrets } from '@weir/contracts';
import { Database } from '@weir/database';
import { NotFound } from '@weir/domain';
import { SecretVersions } from '../secrets/secret-versions.ts';

/** Opens an app's secrets for one of its instances that is wanted, and for nobody else. What cannot be opened is an error, never an empty file. */
@Injectable()
export class ReadInstanceSecrets {
  constructor(private readonly db: Database, private readonly versions: SecretVersions) {}

  async execute(id: string): Promise<InstanceSecrets> {
    const instance = await this.db.instance.findFirst({ where: { id, desired: { not: 'stopped' } }, select: { appId: true, secretsVersion: true, app: { select: { secretsVersion: true } } } });
    if (!instance) throw new NotFound('instance', id);
    return this.versions.open(instance.appId, instance.secretsVersion ?? instance.app.secretsVersion);
  }
}
