import type { Actor } from '@weir/database';
import { Forbidden, may, type Permission, type Role, type WorkspaceId } from '@weir/domain';

/** Who acts, where, and what they may do there. Every verb is given one. */
export class ActorContext {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly actor: Actor,
    readonly role: Role,
    readonly requestId: string,
  ) {}

  /** @throws Forbidden if the actor's role does not grant it */
  require(permission: Permission): void {
    if (!may(this.role, permission)) throw new Forbidden();
  }

  may(permission: Permission): boolean {
    return may(this.role, permission);
  }

  /** The same person or token, acting by a push to the Git remote. */
  asPush(): ActorContext {
    return new ActorContext(this.workspaceId, { ...this.actor, kind: 'push' }, this.role, this.requestId);
  }
}
