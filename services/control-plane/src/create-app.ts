import type { NestExpressApplication } from '@nestjs/platform-express';
import { WsAdapter } from '@nestjs/platform-ws';
import { createNestApp } from '@weir/process/nest';
import type { Logger } from '@weir/telemetry';
import { AppModule } from './app.module.ts';
import type { Config } from './config.ts';
import { requestContext } from './http/request-context.ts';

const BODY_LIMIT_BYTES = 1_000_000;

/** The whole control plane, not yet listening. */
export async function createApp(config: Config, log: Logger): Promise<NestExpressApplication> {
  const app = await createNestApp(AppModule.with(config, log), log);
  app.set('query parser', 'simple');
  app.use(requestContext(log));
  app.useBodyParser('json', { limit: BODY_LIMIT_BYTES });
  app.useWebSocketAdapter(new WsAdapter(app));
  return app;
}
