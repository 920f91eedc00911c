import type { Tx } from '@weir/database';
import { LOG_BYTES } from './plan-append.ts';

/** What is left when an app's log was full: enough room that this happens seldom. */
const KEEP_BYTES = 0.75 * LOG_BYTES;

/**
 * Takes the oldest lines from a log that is too long, and says so where they were.
 *
 * @returns how many bytes were taken
 */
export async function dropOldest(tx: Tx, subject: string, bytes: number): Promise<number> {
  if (bytes <= LOG_BYTES) return 0;
  const [cut] = await tx.$queryRaw<{ seq: number | null; dropped: bigint | null }[]>`
    SELECT max("seq") AS seq, max("before")::bigint AS dropped
    FROM (SELECT "seq", sum(octet_length("text")) OVER (ORDER BY "seq") AS before FROM "log_line" WHERE "subject" = ${subject}) AS running
    WHERE "before" <= ${bytes - KEEP_BYTES}`;
  if (!cut?.seq) return 0;
  await tx.logLine.deleteMany({ where: { subject, seq: { lt: cut.seq } } });
  await tx.logLine.update({ where: { subject_seq: { subject, seq: cut.seq } }, data: { stream: 'system', text: `The log had reached ${LOG_BYTES / 1_000_000} MB. Older lines were left out.` } });
  return Number(cut.dropped ?? 0n);
}
