import { Injectable } from '@nestjs/common';
import type { LogLine, LogPage } from '@weir/contracts';
import { Database } from '@weir/database';
import { isId, PENDING_STATUSES } from '@weir/domain';
import { ChangeBus } from '../realtime/change-bus.ts';
import { longPoll } from '../realtime/long-poll.ts';

export interface LogRequest {
  /** A deployment's id or an app's. */
  readonly subject: string;
  readonly after: number;
  readonly limit: number;
  readonly since?: string | undefined;
  readonly waitMs?: number;
}

/** Reads logs. Who may read which is decided before. */
@Injectable()
export class LogReader {
  constructor(private readonly db: Database, private readonly bus: ChangeBus) {}

  /** What there is, or, when there is nothing yet, what comes within `waitMs`. */
  read({ waitMs = 0, ...request }: LogRequest, signal?: AbortSignal): Promise<LogPage> {
    const { subject } = request;
    return longPoll(this.bus, {
      read: () => this.#page(request),
      enough: ({ lines, ended }) => lines.length > 0 || ended,
      matches: ({ kind, id }) => id === subject && (kind === 'log' || kind === 'deployment'),
      waitMs,
      ...(signal && { signal }),
    });
  }

  async #page({ subject, after, since, limit }: LogRequest): Promise<LogPage> {
    // Before the lines: what a build says before it ends is then among them.
    const over = await this.#isOver(subject);
    const rows = await this.db.logLine.findMany({ where: { subject, seq: { gt: after }, ...(since && { at: { gte: new Date(since) } }) }, orderBy: { seq: 'asc' }, take: limit });
    const lines = rows.map(({ seq, at, stream, text }) => ({ seq, at: at.toISOString(), stream: stream as LogLine['stream'], text }));
    return { lines, ended: over && lines.length < limit };
  }

  /** Whether nothing more will be written: an app's log is never over while the app is there. */
  async #isOver(subject: string): Promise<boolean> {
    if (isId('deployment', subject)) return (await this.db.deployment.count({ where: { id: subject, status: { in: [...PENDING_STATUSES] } } })) === 0;
    return (await this.db.app.count({ where: { id: subject } })) === 0;
  }
}
