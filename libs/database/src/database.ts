import { PrismaPg } from '@prisma/adapter-pg';
import type { WorkspaceId } from '@weir/domain';
import { PrismaClient } from './generated/prisma/client.ts';
import { inTransaction, type Tx } from './transaction.ts';
import { WorkspaceDatabase } from './workspace-database.ts';

const TRANSACTION = { maxWait: 5_000, timeout: 15_000 }; // milliseconds
/** Bounds for every session: a statement or a lock that takes longer fails, and an abandoned transaction ends. */
const SESSION = '-c statement_timeout=10000 -c lock_timeout=8000 -c idle_in_transaction_session_timeout=30000';

export interface DatabaseOptions {
  readonly url: string;
  readonly connections?: number;
}

/**
 * The product's tables.
 *
 * A verb that acts for somebody goes through `in(workspaceId)`, which sees that workspace
 * alone. The tables themselves, and `transaction`, are for what the platform does of its own
 * accord: reports of workers, sweeping, sessions.
 */
export class Database extends PrismaClient {
  constructor({ url, connections = 10 }: DatabaseOptions) {
    super({ adapter: new PrismaPg({ connectionString: url, max: connections, options: SESSION }) });
  }

  in(workspaceId: WorkspaceId): WorkspaceDatabase {
    return new WorkspaceDatabase(this, workspaceId);
  }

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.$transaction((client) => inTransaction(client, work), TRANSACTION);
  }

  async onModuleDestroy(): Promise<void> {
    await this.$disconnect();
  }
}
