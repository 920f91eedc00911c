import { Injectable } from '@nestjs/common';
import { Database } from '@weir/database';
import type { Role, WorkspaceId } from '@weir/domain';
import { context } from '@weir/telemetry';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Config } from '../config.ts';
import { ActorContext } from './actor-context.ts';
import { hashOf, isApiToken, readCookie, sessionCookieName } from './credentials.ts';
import { sessionIsOver, unnoticedSince } from './session-lifetime.ts';

const requestId = (): string => context.getStore()?.requestId ?? randomUUID();

export interface Authenticated {
  readonly ctx: ActorContext;
  /** A browser sends cookies by itself, so what one may do with them is bounded further. */
  readonly by: 'token' | 'session';
}

/** Finds out who somebody is, from what they show. HTTP, live channels and the Git remote all ask here. */
@Injectable()
export class Authenticator {
  readonly #cookie: string;

  constructor(private readonly db: Database, config: Config) {
    this.#cookie = sessionCookieName(config.secure);
  }

  /** By bearer token or session cookie. A token that is shown but unknown is never made up for by a cookie. */
  async fromHeaders(headers: IncomingHttpHeaders): Promise<Authenticated | undefined> {
    if (headers.authorization !== undefined) {
      const ctx = await this.fromToken(/^Bearer (\S+)$/i.exec(headers.authorization)?.[1] ?? '');
      return ctx && { ctx, by: 'token' };
    }
    const session = readCookie(headers.cookie, this.#cookie);
    const ctx = session === undefined ? undefined : await this.#fromSession(session);
    return ctx && { ctx, by: 'session' };
  }

  /** Notes that somebody uses this session now. A page that is only open does not. */
  async noteUse(headers: IncomingHttpHeaders): Promise<void> {
    const session = readCookie(headers.cookie, this.#cookie);
    const now = new Date();
    if (session !== undefined) await this.db.session.updateMany({ where: { hash: hashOf(session), seenAt: { lt: unnoticedSince(now) } }, data: { seenAt: now } });
  }

  async fromToken(token: string): Promise<ActorContext | undefined> {
    if (!isApiToken(token)) return undefined;
    const found = await this.db.apiToken.findUnique({ where: { hash: hashOf(token) } });
    if (!found || found.revokedAt) return undefined;
    return new ActorContext(found.workspaceId as WorkspaceId, { kind: 'token', id: found.id, name: found.name }, found.role as Role, requestId());
  }

  async #fromSession(value: string): Promise<ActorContext | undefined> {
    const session = await this.db.session.findUnique({
      where: { hash: hashOf(value), NOT: sessionIsOver(new Date()) },
      include: { user: { include: { memberships: { orderBy: { workspaceId: 'asc' }, take: 1 } } } },
    });
    const membership = session?.user.memberships[0];
    if (!session || !membership) return undefined;
    return new ActorContext(membership.workspaceId as WorkspaceId, { kind: 'user', id: session.userId, name: session.user.name }, membership.role as Role, requestId());
  }
}
