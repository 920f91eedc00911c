import type { NestExpressApplication } from '@nestjs/platform-express';
import { WsAdapter } from '@nestjs/platform-ws';
import { createNestApp } from '@weir/process/nest';
import type { Logger } from '@weir/telemetry';
import type { IncomingMessage } from 'node:http';
import { AppModule } from './app.module.ts';
import type { Config } from './config.ts';
import { requestContext } from './http/request-context.ts';

const BODY_LIMIT_BYTES = 1_000_000;
/** A worker's report carries the list of everything an environment holds. */
const INTERNAL_BODY_LIMIT_BYTES = 8_000_000;

/** JSON below `/internal` or not: each has its limit. */
const jsonOf = (internal: boolean) => ({ url = '', headers }: IncomingMessage): boolean => url.startsWith('/internal/') === internal && /^application\/json\b/i.test(headers['content-type'] ?? '');

/** The whole control plane, not yet listening. */
export async function createApp(config: Config, log: Logger): Promise<NestExpressApplication> {
  const app = await createNestApp(AppModule.with(config, log), log);
  app.set('query parser', 'simple');
  app.use(requestContext(log));
  app.useBodyParser('json', { limit: BODY_LIMIT_BYTES, type: jsonOf(false) });
  app.useBodyParser('json', { limit: INTERNAL_BODY_LIMIT_BYTES, type: jsonOf(true) });
  app.useWebSocketAdapter(new WsAdapter(app));
  return app;
}
