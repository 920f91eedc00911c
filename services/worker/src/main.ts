import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadConfig } from '@weir/config';
import { createLogger } from '@weir/telemetry';
import { AppModule } from './app.module.ts';
import { WorkerConfig } from './config.ts';
import { NestLog } from './nest-log.ts';

const STOP_LIMIT_MS = 20_000;

const config = loadConfig(WorkerConfig);
const log = createLogger({ process: 'worker', level: config.WEIR_LOG_LEVEL });

let stopping = false;
let close: () => Promise<void> = () => Promise.resolve();

/** Ends in good order, and in any case soon. */
function stop(reason: string): void {
  if (stopping) return;
  stopping = true;
  log.info({ reason }, 'process.stopping');
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  close().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ err: error }, 'process.stop_failed');
      process.exit(1);
    },
  );
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(signal));
// The supervisor holds the other end of stdin: when it is gone, nobody would stop us.
process.stdin.once('end', () => stop('stdin')).once('error', () => stop('stdin')).resume();
process.on('unhandledRejection', (error) => log.error({ err: error }, 'process.unhandled_rejection'));

try {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, log), { bodyParser: false, logger: new NestLog(log), abortOnError: false });
  app.disable('x-powered-by');
  app.disable('etag');
  app.useBodyParser('json', { limit: 100_000 });
  const server = app.getHttpServer();
  server.requestTimeout = 0; // a push takes as long as its build is followed
  close = async () => {
    server.closeAllConnections();
    await app.close();
  };
  await app.listen(config.WEIR_PORT, '127.0.0.1');
  log.info({ port: config.WEIR_PORT, ms: Math.round(process.uptime() * 1000) }, 'process.ready');
} catch (error) {
  log.fatal({ err: error }, 'process.start_failed');
  process.exit(1);
}
