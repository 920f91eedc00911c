import { PrismaPg } from '@prisma/adapter-pg';
import type { WorkspaceId } from '@weir/domain';
import { PrismaClient } from './generated/prisma/client.ts';
import { type CommittedChange, speaking, type Tx } from './transaction.ts';
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
  readonly #listeners = new Set<(change: CommittedChange) => void>();

  constructor({ url, connections = 10 }: DatabaseOptions) {
    super({ adapter: new PrismaPg({ connectionString: url, max: connections, options: SESSION }) });
  }

  in(workspaceId: WorkspaceId): WorkspaceDatabase {
    return new WorkspaceDatabase(this, workspaceId);
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const changes: CommittedChange[] = [];
    const result = await this.$transaction((client) => work(speaking(client, changes)), TRANSACTION);
    for (const change of changes) for (const listener of this.#listeners) listener(change);
    return result;
  }

  /** Tells what this process's transactions changed, once they are committed. */
  onCommitted(listener: (change: CommittedChange) => void): void {
    this.#listeners.add(listener);
  }

  async onModuleDestroy(): Promise<void> {
    await this.$disconnect();
  }
}
