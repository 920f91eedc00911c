import { Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@weir/telemetry';
import { Config } from '../config.ts';
import { LOGGER } from '../http/logger.ts';
import { ChangeBus } from './change-bus.ts';
import { openChangeBus } from './open-change-bus.ts';

/** The one change bus of this process. */
@Module({
  providers: [{ provide: ChangeBus, inject: [Config, LOGGER], useFactory: (config: Config, log: Logger) => openChangeBus(config, log) }],
  exports: [ChangeBus],
})
export class ChangeBusModule implements OnApplicationShutdown {
  constructor(private readonly bus: ChangeBus) {}

  async onApplicationShutdown(): Promise<void> {
    await this.bus.close();
  }
}
