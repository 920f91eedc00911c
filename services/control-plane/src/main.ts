import { loadConfig } from '@weir/config';
import { createLogger } from '@weir/telemetry';
import { Config, configSchema } from './config.ts';
import { createApp } from './create-app.ts';

const config = new Config(loadConfig(configSchema));
const log = createLogger({ process: 'control-plane', level: config.logLevel });

const STOP_LIMIT_MS = 10_000;
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
  const app = await createApp(config, log);
  close = async () => {
    app.getHttpServer().closeAllConnections();
    await app.close();
  };
  await app.listen(config.port, '127.0.0.1');
  log.info({ port: config.port, ms: Math.round(process.uptime() * 1000) }, 'process.ready');
} catch (error) {
  log.fatal({ err: error }, 'process.start_failed');
  process.exit(1);
}
