import { Injectable } from '@nestjs/common';
import type { AppendLog as AppendLogBody } from '@weir/contracts';
import { Database, type Rows, type Tx } from '@weir/database';
import { isId, NotFound } from '@weir/domain';
import type { z } from 'zod';
import { dropOldest } from './drop-oldest.ts';
import { type Head, planAppend } from './plan-append.ts';

/**
 * Adds lines to the log of a build or an app. The log's head is locked meanwhile, so
 * that lines are numbered without gaps and a repeated batch is written once.
 *
 * A build's log ends when it is full; an app's, which never ends, loses its oldest lines.
 */
@Injectable()
export class AppendLog {
  constructor(private readonly db: Database) {}

  async execute(subject: string, body: z.infer<typeof AppendLogBody>): Promise<void> {
    await this.db.transaction(async (tx) => {
      await requireSubject(tx, subject);
      await appendLog(tx, subject, body);
    });
  }
}

/** The same as part of a transaction that holds the app. */
export async function appendLog(tx: Tx, subject: string, body: z.infer<typeof AppendLogBody>): Promise<void> {
  const plan = planAppend(await lockHead(tx, subject), body, isId('deployment', subject));
  if (!plan) return;
  if (plan.lines.length > 0) await tx.logLine.createMany({ data: plan.lines.map((line) => ({ subject, ...line })) });
  const { seq, bytes, batches } = plan.head;
  const dropped = isId('app', subject) ? await dropOldest(tx, subject, bytes) : 0;
  await tx.logHead.update({ where: { subject }, data: { seq, bytes: bytes - dropped, batches: structuredClone(batches) as Record<string, [number, number]> } });
}

/** Keeps the app, and so its logs, from being deleted meanwhile. */
async function requireSubject(tx: Tx, subject: string): Promise<void> {
  const found = isId('app', subject)
    ? await tx.$queryRaw<unknown[]>`SELECT 1 FROM "app" WHERE "id" = ${subject} FOR KEY SHARE`
    : await tx.$queryRaw<unknown[]>`SELECT 1 FROM "app" a JOIN "deployment" d ON d."app_id" = a."id" WHERE d."id" = ${subject} FOR KEY SHARE OF a`;
  if (found.length === 0) throw new NotFound('log', subject);
}

async function lockHead(tx: Tx, subject: string): Promise<Head> {
  await tx.$executeRaw`INSERT INTO "log_head" ("subject") VALUES (${subject}) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 FROM "log_head" WHERE "subject" = ${subject} FOR UPDATE`;
  const row: Rows.LogHead = await tx.logHead.findUniqueOrThrow({ where: { subject } });
  return { seq: row.seq, bytes: Number(row.bytes), batches: row.batches as unknown as Head['batches'] };
}
