import { Injectable } from '@nestjs/common';
import type { LiveMessage, Subscribe } from '@weir/contracts';
import { Database, type Rows, WITH_RELEASE } from '@weir/database';
import { AppViews } from '../apps/app-views.ts';
import { DeploymentViews } from '../deployments/deployment-views.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { LogReader } from '../logs/log-reader.ts';
import { ChangeBus } from './change-bus.ts';
import { changedIds } from './changed-ids.ts';

const LOOK_EVERY_MS = 10_000;
const LOG_WAIT_MS = 20_000;
const LOG_LINES = 1000;
const APPS_AT_ONCE = 100;

/** What a topic says: the present state first, then every change of it. Ends when there is nothing more to say. */
export type Saying = AsyncGenerator<LiveMessage, void>;

/** The topics of the live channel. Each reads through the actor's workspace and sees no other. */
@Injectable()
export class Topics {
  constructor(private readonly db: Database, private readonly bus: ChangeBus, private readonly views: AppViews, private readonly deployments: DeploymentViews, private readonly logs: LogReader) {}

  follow(ctx: ActorContext, topic: Subscribe, signal: AbortSignal): Saying {
    switch (topic.topic) {
      case 'apps':
        return this.#apps(ctx, signal);
      case 'app':
        return this.#app(ctx, topic.app, signal);
      case 'build-log':
      case 'app-log':
        return this.#log(ctx, topic, signal);
    }
  }

  async *#apps(ctx: ActorContext, signal: AbortSignal): Saying {
    ctx.require('app.read');
    const sent = new Map<string, string>();
    for await (const ids of changedIds(this.bus, { matches: ({ kind }) => kind === 'app', lookEveryMs: LOOK_EVERY_MS, signal })) {
      const rows = await this.#rows(ctx, ids);
      for (let i = 0; i < rows.length; i += APPS_AT_ONCE) {
        for (const data of await this.views.of(rows.slice(i, i + APPS_AT_ONCE))) if (isNews(sent, data.id, data)) yield { event: 'app', data };
      }
      const present = new Set(rows.map(({ id }) => id));
      for (const id of ids ?? [...sent.keys()]) if (!present.has(id) && sent.delete(id)) yield { event: 'app-deleted', data: { id } };
    }
  }

  #rows(ctx: ActorContext, ids: ReadonlySet<string> | undefined): Promise<Rows.App[]> {
    return this.db.app.findMany({ where: { workspaceId: ctx.workspaceId, ...(ids && { id: { in: [...ids] } }) }, orderBy: { id: 'desc' } });
  }

  async *#app(ctx: ActorContext, ref: string, signal: AbortSignal): Saying {
    ctx.require('app.read');
    const { id: appId } = await this.db.in(ctx.workspaceId).apps.get(ref);
    const sent = new Map<string, string>();
    let waits = false; // then its place in line changes with anybody's builds
    const matches = ({ kind, id }: { kind: string; id: string }) => (kind === 'app' && id === appId) || kind === 'deployment';
    for await (const ids of changedIds(this.bus, { matches, lookEveryMs: LOOK_EVERY_MS, signal })) {
      const changed = ids ? await this.db.deployment.findMany({ where: { appId, id: { in: [...ids] } }, include: WITH_RELEASE }) : [];
      if (ids && !ids.has(appId) && changed.length === 0 && !waits) continue; // another app's deployment
      const [row] = await this.#rows(ctx, new Set([appId]));
      if (!row) {
        yield { event: 'app-deleted', data: { id: appId } };
        return;
      }
      const view = await this.views.one(row);
      waits = view.deployment?.status === 'queued';
      if (isNews(sent, appId, view)) yield { event: 'app', data: view };
      for (const data of [...(await this.deployments.of(changed)), ...(view.deployment ? [view.deployment] : [])]) if (isNews(sent, data.id, data)) yield { event: 'deployment', data };
    }
  }

  async *#log(ctx: ActorContext, topic: Extract<Subscribe, { topic: 'build-log' | 'app-log' }>, signal: AbortSignal): Saying {
    ctx.require('log.read');
    const workspace = this.db.in(ctx.workspaceId);
    const { id: subject } = topic.topic === 'build-log' ? await workspace.deployments.get(topic.deployment) : await workspace.apps.get(topic.app);
    let { after } = topic;
    for (let waitMs = 0; !signal.aborted; waitMs = LOG_WAIT_MS) {
      const { lines, ended } = await this.logs.read({ subject, after, limit: LOG_LINES, waitMs }, signal);
      after = lines.at(-1)?.seq ?? after;
      if (lines.length > 0 || ended || waitMs === 0) yield { event: 'log', data: { topic: topic.topic, subject, lines, ended } };
      if (ended) return;
    }
  }
}

/** Whether this differs from what was sent last under this id. */
function isNews(sent: Map<string, string>, id: string, data: unknown): boolean {
  const text = JSON.stringify(data);
  if (sent.get(id) === text) return false;
  sent.set(id, text);
  return true;
}
