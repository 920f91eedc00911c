import { Injectable } from '@nestjs/common';
import { Database, mintId } from '@weir/database';
import { DomainError, type WorkspaceId } from '@weir/domain';
import { Config } from '../config.ts';
import { hashOf, newSessionToken, sessionCookieName } from './credentials.ts';
import { expiryOf, sessionIsOver } from './session-lifetime.ts';


/** The link was used, is older than 15 minutes, or never was one. */
export class LinkSpent extends DomainError {
  readonly code = 'session.link_spent';
  readonly kind = 'unauthenticated';
  readonly publicMessage = 'This sign-in link was used already or is too old. Make a new one with `weir signin-link`.';
}

/** Signs a browser in with a one-time link. */
@Injectable()
export class CreateSession {
  constructor(private readonly db: Database, private readonly config: Config) {}

  async execute(token: string) {
    const session = newSessionToken();
    const now = new Date();
    const expiresAt = expiryOf(now);
    await this.db.transaction(async (tx) => {
      const hash = hashOf(token);
      const { count } = await tx.signInLink.updateMany({ where: { hash, usedAt: null, expiresAt: { gt: now } }, data: { usedAt: now } });
      if (count === 0) throw new LinkSpent();
      const { userId } = await tx.signInLink.findUniqueOrThrow({ where: { hash } });
      const { user, workspaceId } = await tx.membership.findFirstOrThrow({ where: { userId }, include: { user: true } });
      await tx.session.create({ data: { id: mintId('session'), hash: hashOf(session), userId, expiresAt } });
      await tx.session.deleteMany({ where: { userId, ...sessionIsOver(now) } });
      await tx.audit({ workspaceId: workspaceId as WorkspaceId, actor: { kind: 'user', id: userId, name: user.name } }, { action: 'session.create', target: userId });
    });
    return { session, cookie: sessionCookieName(this.config.secure), expiresAt: expiresAt.toISOString() };
  }
}
