import type { Prisma } from '@weir/database';

const HOUR_MS = 3600_000;
/** However much it is used. */
const LIFETIME_MS = 7 * 24 * HOUR_MS;
/** Without use. */
const IDLE_MS = 8 * HOUR_MS;
/** Use is noted this coarsely, so that not every request writes. */
const NOTED_EVERY_MS = 5 * 60_000;

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** When a session that begins now ends at the latest. */
export const expiryOf = (now: Date): Date => new Date(now.getTime() + LIFETIME_MS);

/** Sessions that have ended, by age or for want of use. */
export const sessionIsOver = (now: Date) => ({ OR: [{ expiresAt: { lte: now } }, { seenAt: { lte: before(now, IDLE_MS) } }] }) satisfies Prisma.SessionWhereInput;

/** Use since then is noted already. */
export const unnoticedSince = (now: Date): Date => before(now, NOTED_EVERY_MS);
