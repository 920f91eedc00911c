import { Injectable } from '@nestjs/common';
import { Database, type Author } from '@weir/database';
import { Unavailable, type WorkspaceId } from '@weir/domain';
import { Config } from '../config.ts';
import { hashOf, newLinkToken } from './credentials.ts';

const LIFETIME_MS = 15 * 60_000;

export interface SignInLink {
  readonly url: string;
  /** RFC 3339, UTC. */
  readonly expiresAt: string;
}

/** Makes a way in for the installation's owner: 15 minutes, once. Whoever runs the machine may ask for it. */
@Injectable()
export class CreateSignInLink {
  constructor(private readonly db: Database, private readonly config: Config) {}

  async execute(): Promise<SignInLink> {
    const token = newLinkToken();
    const expiresAt = new Date(Date.now() + LIFETIME_MS);
    await this.db.transaction(async (tx) => {
      const owner = await tx.membership.findFirst({ where: { role: 'owner' }, orderBy: { user: { createdAt: 'asc' } } });
      if (!owner) throw new Unavailable('identity.not_ready', 'The installation has no owner yet. Try again in a moment.');
      await tx.signInLink.create({ data: { hash: hashOf(token), userId: owner.userId, expiresAt } });
      const author: Author = { workspaceId: owner.workspaceId as WorkspaceId, actor: { kind: 'system', id: 'operator', name: 'operator' } };
      await tx.audit(author, { action: 'sign_in_link.create', target: owner.userId });
    });
    return { url: `${this.config.consoleUrl}/sign-in?token=${token}`, expiresAt: expiresAt.toISOString() };
  }
}
