import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Database, isUniqueViolation, type Prisma, type Rows } from '@weir/database';
import { Conflict, Invalid } from '@weir/domain';
import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { actorOf } from '../identity/actor.ts';

const KEY = /^[\x21-\x7e]{1,200}$/;
const KEPT_MS = 24 * 3600_000;
/** A request that has not ended by then never will: its process died. */
const ABANDONED_MS = 60_000;

/**
 * A POST with an `Idempotency-Key` is done once: the same request sent again within a day gets the
 * first one's answer. A refused request is forgotten, so that it may be mended and sent again.
 */
@Injectable()
export class Idempotency implements NestInterceptor {
  constructor(private readonly db: Database) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const key = request.headers['idempotency-key'];
    const ctx = actorOf(request);
    if (request.method !== 'POST' || key === undefined || !ctx) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) throw new Invalid('idempotency.key_malformed', 'An idempotency key has 1 to 200 visible characters.');
    const row = { workspaceId: ctx.workspaceId, key, fingerprint: fingerprintOf(ctx.actor.id, request) };
    return from(this.#once(row, context.switchToHttp().getResponse<Response>(), () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }

  async #once(row: Pick<Rows.IdempotencyKey, 'workspaceId' | 'key' | 'fingerprint'>, response: Response, work: () => Promise<unknown>): Promise<unknown> {
    const where = { workspaceId_key: { workspaceId: row.workspaceId, key: row.key } };
    const before = await this.#claim(row);
    if (before) {
      response.status(before.status ?? 200).setHeader('idempotency-replayed', 'true');
      return before.answer;
    }
    try {
      const answer = await work();
      await this.db.idempotencyKey.update({ where, data: { status: response.statusCode, answer: (answer ?? null) as Prisma.InputJsonValue } });
      return answer;
    } catch (error) {
      await this.db.idempotencyKey.deleteMany({ where: row });
      throw error;
    }
  }

  /** Takes the key, or gives what was answered to it before. */
  async #claim(row: Pick<Rows.IdempotencyKey, 'workspaceId' | 'key' | 'fingerprint'>): Promise<Rows.IdempotencyKey | undefined> {
    const { workspaceId, key } = row;
    const kept = (ms: number) => new Date(Date.now() - ms);
    await this.db.idempotencyKey.deleteMany({ where: { workspaceId, OR: [{ createdAt: { lt: kept(KEPT_MS) } }, { key, status: null, createdAt: { lt: kept(ABANDONED_MS) } }] } });
    try {
      await this.db.idempotencyKey.create({ data: row });
      return undefined;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
    const found = await this.db.idempotencyKey.findUnique({ where: { workspaceId_key: { workspaceId, key } } });
    if (found && found.fingerprint !== row.fingerprint) throw new Invalid('idempotency.key_reused', 'This idempotency key was used for another request.');
    if (!found || found.status === null) throw new Conflict('idempotency.in_progress', 'The same request is being worked on. Send it again in a moment.');
    return found;
  }
}

const fingerprintOf = (actor: string, { method, path, body }: Request): string =>
  createHash('sha256').update(JSON.stringify([actor, method, path, body ?? null])).digest('hex');
