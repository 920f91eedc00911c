import { type DestinationStream, type Logger, pino } from 'pino';
import { context } from './context.ts';
import { censor, REDACTED_PATHS } from './redaction.ts';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  /** Which process writes: `control-plane`, `worker`, `gateway`. */
  readonly process: string;
  readonly level?: LogLevel | undefined;
}

/**
 * A process's logger: one JSON object a line, to stdout.
 *
 * The message is a constant; variables are fields, an error is `err`. Fields
 * of the running `context` are added by themselves.
 */
export function createLogger({ process, level = 'info' }: LoggerOptions, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => ({ ...context.getStore() }),
    redact: { paths: [...REDACTED_PATHS], censor },
  };
  return destination ? pino(options, destination) : pino(options);
}
