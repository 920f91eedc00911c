import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from '@weir/telemetry';
import { NestLog } from './nest-log.ts';
import type { Stop } from './run-process.ts';

/** A module put together, not yet listening. It reads no body until it is told how large one may be. */
export async function createNestApp(module: DynamicModule, log: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, { bodyParser: false, logger: new NestLog(log), abortOnError: false });
  app.disable('x-powered-by');
  app.disable('etag');
  return app;
}

/** Listens. What it gives ends the app; requests that are still open then are cut. */
export async function serve(app: NestExpressApplication, { host, port }: { readonly host: string; readonly port: number }): Promise<Stop> {
  await app.listen(port, host);
  return async () => {
    app.getHttpServer().closeAllConnections();
    await app.close();
  };
}
