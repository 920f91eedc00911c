import type { WorkspaceId } from '@weir/domain';
import { FeedChanges } from './feed-changes.ts';
import type { Prisma } from './generated/prisma/client.ts';
import { mintId } from './ids.ts';
import type { WorkspaceTables } from './workspace-tables.ts';

/** Who acts: a person, a token, a push, or the platform itself. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'push' | 'system';
  readonly id: string;
  readonly name: string;
}

/** Who acts, and in which workspace: what an audit event says of its author. */
export interface Author {
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
  readonly requestId?: string;
}

export interface AuditEntry {
  /** `noun.verb` in the present tense. */
  readonly action: `${string}.${string}`;
  /** The id of what it was done to. */
  readonly target: string;
  /** Never a secret's value. */
  readonly details?: Prisma.InputJsonObject;
}

/** The words every transaction speaks besides Prisma's. */
export class TransactionWords {
  /** What worker and gateway must learn of; told when the work is done. */
  readonly changes = new FeedChanges();

  constructor(private readonly prisma: Prisma.TransactionClient) {}

  /** Writes what was done, in the transaction that does it. */
  async audit({ workspaceId, actor, requestId }: Author, { action, target, details = {} }: AuditEntry): Promise<void> {
    await this.prisma.auditEvent.create({
      data: { id: mintId('auditEvent'), workspaceId, actorKind: actor.kind, actorId: actor.id, actorName: actor.name, action, target, details, requestId: requestId ?? null },
    });
  }

  /** Announces a change; the relay delivers it at least once after the commit. */
  async outbox(kind: string, payload: Prisma.InputJsonObject): Promise<void> {
    await this.prisma.outboxMessage.create({ data: { kind, payload } });
  }
}

export type Tx = Prisma.TransactionClient & TransactionWords;

/** A transaction of one workspace: `apps`, `deployments` … see that workspace only. */
export type WorkspaceTx = Tx & WorkspaceTables;

/** Adds words to a client whose own properties are made on demand. */
export function withWords<C extends object, W extends object>(client: C, words: W): C & W {
  return new Proxy(client, {
    get(target, key) {
      if (!(key in words)) return Reflect.get(target, key) as unknown;
      const word: unknown = Reflect.get(words, key);
      return typeof word === 'function' ? (word.bind(words) as unknown) : word;
    },
  }) as C & W;
}

/** Does the work of a transaction, then counts what changed: last, so that the cursors are locked for as short as can be. */
export async function inTransaction<T>(client: Prisma.TransactionClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  const words = new TransactionWords(client);
  const result = await work(withWords(client, words));
  await words.changes.write(client);
  return result;
}
