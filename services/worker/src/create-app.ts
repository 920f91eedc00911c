import type { NestExpressApplication } from '@nestjs/platform-express';
import { createNestApp } from '@weir/process/nest';
import type { Logger } from '@weir/telemetry';
import { AppModule } from './app.module.ts';
import type { WorkerConfig } from './config.ts';

const BODY_LIMIT_BYTES = 100_000;

/** The whole worker, not yet listening. */
export async function createApp(config: WorkerConfig, log: Logger): Promise<NestExpressApplication> {
  const app = await createNestApp(AppModule.with(config, log), log);
  app.useBodyParser('json', { limit: BODY_LIMIT_BYTES });
  app.getHttpServer().requestTimeout = 0; // a push takes as long as its build is followed
  return app;
}
