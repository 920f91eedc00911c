import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@weir/telemetry';

/** What the framework says goes to our log; what it says about wiring, only at `debug`. */
export class NestLog implements LoggerService {
  constructor(private readonly out: Logger) {}

  log(text: unknown, context?: unknown): void {
    this.out.debug({ text: String(text), context }, 'nest');
  }

  warn(text: unknown, context?: unknown): void {
    this.out.warn({ text: String(text), context }, 'nest');
  }

  error(text: unknown, stack?: unknown, context?: unknown): void {
    this.out.error({ err: text instanceof Error ? text : undefined, text: String(text), stack, context }, 'nest');
  }
}
