import type { WorkspaceId } from '@weir/domain';
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

/** What worker and gateway follow; each has a cursor that counts its changes. */
export type Feed = 'instances' | 'routes';

/** The words every transaction speaks besides Prisma's. */
class TransactionWords {
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

  /**
   * Counts a change of a feed and gives its new cursor.
   *
   * Call it last: the row stays locked until the commit, so that cursors appear in the order of commits.
   */
  async bump(feed: Feed): Promise<bigint> {
    const [row] = await this.prisma.$queryRaw<{ value: bigint }[]>`
      INSERT INTO "cursor" ("feed", "value") VALUES (${feed}, 1)
      ON CONFLICT ("feed") DO UPDATE SET "value" = "cursor"."value" + 1 RETURNING "value"`;
    if (!row) throw new Error(`the cursor ${feed} was not moved`);
    return row.value;
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

export const speaking = (client: Prisma.TransactionClient): Tx => withWords(client, new TransactionWords(client));
