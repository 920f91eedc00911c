import type { Route } from '@weir/contracts';
import { type Database, Prisma, type Rows } from '@weir/database';
import type { AppId } from '@weir/domain';
import { appState } from '../apps/app-state.ts';
import { chooseInstances } from './choose-instances.ts';

type InstanceFacts = Pick<Rows.Instance, 'id' | 'attempt' | 'releaseId' | 'desired' | 'status' | 'address'>;

interface Facts extends Pick<Rows.App, 'id' | 'hostname' | 'desired' | 'sleeping' | 'releaseId'> {
  readonly framework: string | null;
  readonly frameworkVersion: string | null;
  readonly deployment: string | null;
  readonly instances: readonly InstanceFacts[];
}

/**
 * The routes of the apps whose route changed after this value of the cursor; without one, of all. One question
 * to the database, however many there are.
 *
 * @param domain what apps' hostnames lie in
 */
export async function changedRoutes(db: Database, domain: string, after?: number): Promise<Route[]> {
  const changed = after === undefined ? Prisma.empty : Prisma.sql`WHERE a."route_cursor" > ${after}`;
  const rows = await db.$queryRaw<Facts[]>`
    SELECT a."id", a."hostname", a."desired", a."sleeping", a."release_id" AS "releaseId", r."framework", r."framework_version" AS "frameworkVersion",
      (SELECT d."status" FROM "deployment" d WHERE d."app_id" = a."id" AND d."number" = a."last_deployment") AS "deployment",
      COALESCE((
        SELECT json_agg(json_build_object('id', i."id", 'attempt', i."attempt", 'releaseId', i."release_id", 'desired', i."desired", 'status', i."status", 'address', i."address"))
        FROM "instance" i WHERE i."app_id" = a."id" AND i."desired" <> 'stopped'
      ), '[]') AS "instances"
    FROM "app" a LEFT JOIN "release" r ON r."id" = a."release_id" ${changed} ORDER BY a."hostname"`;
  return rows.map((row) => routeOf(row, domain));
}

const routeOf = ({ framework, frameworkVersion, deployment, instances, ...app }: Facts, domain: string): Route => ({
  hostname: `${app.hostname}.${domain}`,
  app: app.id as AppId,
  status: appState({ app, deployment, instances }).status,
  policy: { kind: 'public' },
  framework: { name: framework ?? 'unknown', version: frameworkVersion },
  instances: chooseInstances(instances, app.releaseId),
});
