import { Module } from '@nestjs/common';
import { KeyEncryptionKey } from '@weir/secrets-crypto';
import { Config } from '../config.ts';
import { ListSecrets } from './list-secrets.ts';
import { SecretVersions } from './secret-versions.ts';
import { SecretsController } from './secrets.controller.ts';
import { SetSecrets } from './set-secrets.ts';

@Module({
  controllers: [SecretsController],
  providers: [ListSecrets, SecretVersions, SetSecrets, { provide: KeyEncryptionKey, inject: [Config], useFactory: (config: Config) => KeyEncryptionKey.fromFile(config.masterKeyFile) }],
  exports: [SecretVersions],
})
export class SecretsModule {}
