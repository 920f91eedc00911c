import type { WorkspaceId } from '@weir/domain';
import type { Database } from './database.ts';
import { type WorkspaceTx, withWords } from './transaction.ts';
import { WorkspaceTables } from './workspace-tables.ts';

export type { Page, PageRequest } from './workspace-tables.ts';

/** The database as one workspace may see it. */
export class WorkspaceDatabase extends WorkspaceTables {
  constructor(private readonly database: Database, workspaceId: WorkspaceId) {
    super(database, workspaceId);
  }

  transaction<T>(work: (tx: WorkspaceTx) => Promise<T>): Promise<T> {
    return this.database.transaction((tx) => work(withWords(tx, new WorkspaceTables(tx, this.workspaceId))));
  }
}
