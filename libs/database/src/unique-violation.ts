import { Prisma } from './generated/prisma/client.ts';

/** Whether a write failed because a unique value is taken already. */
export const isUniqueViolation = (error: unknown): boolean => error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
