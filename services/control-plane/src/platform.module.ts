import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Database } from '@weir/database';
import { type Logger } from '@weir/telemetry';
import { Config } from './config.ts';
import { LOGGER } from './http/logger.ts';

/** What every feature may ask for: settings, the database, the log. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config, log: Logger): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Config, useValue: config },
        { provide: LOGGER, useValue: log },
        { provide: Database, useFactory: () => new Database({ url: config.databaseUrl }) },
      ],
      exports: [Config, LOGGER, Database],
    };
  }
}
