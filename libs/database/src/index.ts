export { Database } from './database.ts';
export { mintId } from './ids.ts';
export { migrate } from './migrate.ts';
export { prepareQueueRole } from './queue-role.ts';
export type { Actor, AuditEntry, Author, Feed, Tx, WorkspaceTx } from './transaction.ts';
export { isUniqueViolation } from './unique-violation.ts';
export type { Page, PageRequest, WorkspaceDatabase } from './workspace-database.ts';
export * as Rows from './rows.ts';
export { Prisma } from './generated/prisma/client.ts';
