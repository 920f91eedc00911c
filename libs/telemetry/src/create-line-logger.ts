import { pino } from 'pino';
import { formatOf, type Logger, type LoggerOptions } from './create-logger.ts';

const BLOCK_BYTES = 8_192;
const FLUSH_MS = 1_000;

/**
 * A logger for lines that come by the thousand: to stdout, like any other, but written by the block, and without
 * the running `context`: such a line says all of its request itself.
 */
export function createLineLogger(options: LoggerOptions): Logger {
  const destination = pino.destination({ dest: 1, minLength: BLOCK_BYTES, sync: true }); // pino flushes it when the process exits
  setInterval(() => destination.flush(), FLUSH_MS).unref();
  return pino(formatOf(options), destination);
}
