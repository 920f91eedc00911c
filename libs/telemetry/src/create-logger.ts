import { type DestinationStream, type Logger, pino } from 'pino';
import { context } from './context.ts';
import { redacted } from './redaction.ts';

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
export function createLogger(given: LoggerOptions, destination?: DestinationStream): Logger {
  const options = { ...formatOf(given), mixin: () => ({ ...context.getStore() }) };
  const log = destination ? pino(options, destination) : pino(options);
  // Fields that a child always carries are written once, and no formatter is asked.
  const { child } = log; // oxlint-disable-line typescript/unbound-method -- called with each logger's own `this`
  return Object.assign(log, { child(this: Logger, ...[bindings, more]: Parameters<typeof child>) { return child.call(this, redacted(bindings), more); } });
}

/** What every line of every process looks like. */
export const formatOf = ({ process, level = 'info' }: LoggerOptions) => ({
  level,
  base: { process },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label: string) => ({ level: label }), log: redacted },
  serializers: { err: (error: unknown) => error }, // `redacted` has made it plain
});
