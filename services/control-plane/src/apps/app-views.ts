import { Injectable } from '@nestjs/common';
import type { AppView } from '@weir/contracts';
import { Database, type Rows, WITH_DEPLOYMENTS, WITH_RELEASE } from '@weir/database';
import { Config } from '../config.ts';
import { DeploymentViews } from '../deployments/deployment-views.ts';
import { readLastWords } from '../logs/last-words.ts';
import { appView } from './app-view.ts';

/** Makes apps' views: a few questions to the database, however many apps there are. */
@Injectable()
export class AppViews {
  constructor(private readonly db: Database, private readonly config: Config, private readonly deployments: DeploymentViews) {}

  async one(app: Rows.App): Promise<AppView> {
    const [view] = await this.of([app]);
    if (!view) throw new Error('one app gives one view');
    return view;
  }

  async of(apps: readonly Rows.App[]): Promise<AppView[]> {
    if (apps.length === 0) return [];
    const appId = { in: apps.map(({ id }) => id) };
    const newest = apps.filter((app) => app.lastDeployment > 0).map((app) => ({ appId: app.id, number: app.lastDeployment }));
    const [releases, deployments, instances] = await Promise.all([
      this.db.release.findMany({ where: { id: { in: apps.flatMap((app) => app.releaseId ?? []) } }, include: WITH_DEPLOYMENTS }),
      newest.length > 0 ? this.db.deployment.findMany({ where: { OR: newest }, include: WITH_RELEASE }).then((rows) => this.deployments.of(rows)) : [],
      this.db.instance.findMany({ where: { appId, NOT: { desired: 'stopped', status: { in: ['stopped', 'failed'] } } }, orderBy: { id: 'desc' } }),
    ]);
    const lastWords = await readLastWords(this.db, apps.flatMap(({ id }) => crashed(id, instances)));
    return apps.map((app) =>
      appView(
        {
          app,
          release: releases.find(({ id }) => id === app.releaseId),
          deployment: deployments.find((deployment) => deployment.app === app.id),
          instances: instances.filter((instance) => instance.appId === app.id),
          lastWords: lastWords.get(app.id) ?? null,
        },
        this.config,
      ));
  }
}

/** An app of which some instance was given up, and since when such ones wrote. Not by its status: most apps are not asked about at all. */
function crashed(id: string, instances: readonly Rows.Instance[]): { readonly id: string; readonly since: Date }[] {
  const givenUp = instances.filter(({ appId, status }) => appId === id && status === 'crashed');
  return givenUp.length === 0 ? [] : [{ id, since: new Date(Math.min(...givenUp.map(({ createdAt }) => createdAt.getTime()))) }];
}
