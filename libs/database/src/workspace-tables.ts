import { NotFound, type WorkspaceId } from '@weir/domain';
import type { App, Prisma } from './generated/prisma/client.ts';

type Client = Prisma.TransactionClient;

/** Newest first; `after` is the id that the page before ended with. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** Reads one row more than asked for, to know whether a page follows. */
export async function pageOf<T extends { id: string }>(limit: number, read: (take: number) => Promise<T[]>): Promise<Page<T>> {
  const rows = await read(limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const before = (after: string | undefined) => (after === undefined ? {} : { id: { lt: after } });

/** The apps of one workspace. An app of another one is `NotFound`, as one that is not there. */
export class WorkspaceApps {
  constructor(private readonly client: Client, private readonly workspaceId: WorkspaceId) {}

  /** @param ref an id or a hostname */
  find(ref: string): Promise<App | null> {
    return this.client.app.findFirst({ where: { workspaceId: this.workspaceId, OR: [{ id: ref }, { hostname: ref }] } });
  }

  async get(ref: string): Promise<App> {
    return (await this.find(ref)) ?? missing('app', ref);
  }

  /** Gets an app and keeps other transactions from changing it meanwhile: verbs on one app follow each other. */
  async lock(ref: string): Promise<App> {
    const { id } = await this.get(ref);
    // Not FOR UPDATE: that would also wait for everyone who writes a row that refers to this app.
    await this.client.$queryRaw`SELECT 1 FROM "app" WHERE "id" = ${id} FOR NO KEY UPDATE`;
    return this.get(id);
  }

  page({ limit, after }: PageRequest): Promise<Page<App>> {
    return pageOf(limit, (take) => this.client.app.findMany({ where: { workspaceId: this.workspaceId, ...before(after) }, orderBy: { id: 'desc' }, take }));
  }
}

/** What is shown of a deployment's release. */
export const WITH_RELEASE = { release: { select: { number: true, liveAt: true, prunedAt: true, liveIn: { select: { id: true } } } } } satisfies Prisma.DeploymentInclude;
export type DeploymentRow = Prisma.DeploymentGetPayload<{ include: typeof WITH_RELEASE }>;

/** A release with its deployments, oldest first: the first one made it, the others are rollbacks to it. */
export const WITH_DEPLOYMENTS = { deployments: { orderBy: { id: 'asc' }, select: { id: true, commitMessage: true, commitAuthor: true } } } satisfies Prisma.ReleaseInclude;
export type ReleaseRow = Prisma.ReleaseGetPayload<{ include: typeof WITH_DEPLOYMENTS }>;

/** The deployments of one workspace's apps. */
export class WorkspaceDeployments {
  constructor(private readonly client: Client, private readonly workspaceId: WorkspaceId) {}

  async get(id: string): Promise<DeploymentRow> {
    return (await this.client.deployment.findFirst({ where: { id, app: { workspaceId: this.workspaceId } }, include: WITH_RELEASE })) ?? missing('deployment', id);
  }

  page(appId: string, { limit, after }: PageRequest): Promise<Page<DeploymentRow>> {
    return pageOf(limit, (take) => this.client.deployment.findMany({ where: { appId, app: { workspaceId: this.workspaceId }, ...before(after) }, orderBy: { id: 'desc' }, take, include: WITH_RELEASE }));
  }
}

/** Tenant tables seen from one workspace: the only door to them for a verb. */
export class WorkspaceTables {
  readonly apps: WorkspaceApps;
  readonly deployments: WorkspaceDeployments;

  constructor(protected readonly client: Client, readonly workspaceId: WorkspaceId) {
    this.apps = new WorkspaceApps(client, workspaceId);
    this.deployments = new WorkspaceDeployments(client, workspaceId);
  }

  releases(appId: string, { limit, after }: PageRequest): Promise<Page<ReleaseRow>> {
    return pageOf(limit, (take) => this.client.release.findMany({ where: { appId, app: { workspaceId: this.workspaceId }, ...before(after) }, orderBy: { id: 'desc' }, take, include: WITH_DEPLOYMENTS }));
  }

  auditEvents({ limit, after }: PageRequest) {
    return pageOf(limit, (take) => this.client.auditEvent.findMany({ where: { workspaceId: this.workspaceId, ...before(after) }, orderBy: { id: 'desc' }, take }));
  }
}

function missing(noun: string, reference: string): never {
  throw new NotFound(noun, reference);
}
