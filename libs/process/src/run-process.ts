import type { Logger } from '@weir/telemetry';
import { whenAbandoned } from './when-abandoned.ts';

/** Ends what `start` began. */
export type Stop = () => Promise<void>;

interface ProcessOptions {
  readonly log: Logger;
  /** A stop that takes longer is an end anyway, with exit code 1. */
  readonly stopLimitMs: number;
}

/** Starts this process's work, and ends it in good order, and in any case soon, when it is told to. */
export async function runProcess({ log, stopLimitMs }: ProcessOptions, start: () => Promise<Stop>): Promise<void> {
  const told = Promise.withResolvers<string>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => told.resolve(signal));
  whenAbandoned(() => told.resolve('stdin'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'process.unhandled_rejection'));

  let stop: Stop = () => Promise.resolve();
  start().then(
    (started) => {
      stop = started;
      log.info({ ms: Math.round(process.uptime() * 1000) }, 'process.ready');
    },
    (error: unknown) => {
      log.fatal({ err: error }, 'process.start_failed');
      process.exit(1);
    },
  );

  log.info({ reason: await told.promise }, 'process.stopping');
  setTimeout(() => process.exit(1), stopLimitMs).unref();
  try {
    await stop();
    process.exit(0);
  } catch (error) {
    log.error({ err: error }, 'process.stop_failed');
    process.exit(1);
  }
}
