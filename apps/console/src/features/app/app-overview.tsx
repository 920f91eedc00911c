'use client';

import type { AppView, DeploymentView } from '@weir/contracts';
import Link from 'next/link';
import { DeploymentRow } from '#features/deployments/deployment-row.tsx';
import { DeployAnyway } from '#features/deployments/deploy-anyway.tsx';
import { FailureCard } from '#features/deployments/failure-card.tsx';
import { DeployCheck, WarningList } from '#features/deployments/warning-list.tsx';
import { InstanceTable } from '#features/instances/instance-table.tsx';
import { wantsTable } from '#features/instances/instance-words.ts';
import { Section } from '#ui/section.tsx';
import { AppState } from './app-state.tsx';
import { CurrentRelease } from './current-release.tsx';
import { GitRemote } from './git-remote.tsx';
import { useLiveApp } from './use-live-app.ts';

const SHOWN = 5;

/** State, current release, instances, last deployments. What went wrong comes first. */
export function AppOverview({ app: rendered, deployments: renderedDeployments }: { readonly app: AppView; readonly deployments: readonly DeploymentView[] }) {
  const { app, deployments } = useLiveApp(rendered, renderedDeployments);
  const newest = deployments[0];
  return (
    <div className="flex flex-col gap-8">
      {newest?.failure && (
        <FailureCard app={app.hostname} failure={newest.failure} stillServing={app.release !== null}>
          <DeployAnyway app={app} deployment={newest} />
          <Link href={`/apps/${app.hostname}/deployments/${newest.id}`} className="self-start font-medium text-accent-text underline underline-offset-2">
            The whole build log
          </Link>
        </FailureCard>
      )}
      {newest && <WarningList app={app.hostname} warnings={newest.warnings} />}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-[repeat(2,minmax(0,1fr))]">
        <AppState app={app} />
        <CurrentRelease app={app} />
      </div>
      {wantsTable(app) && <InstanceTable app={app} deployments={deployments} />}
      {newest && <DeployCheck warnings={newest.warnings} />}
      {app.source.kind === 'builtin' && <GitRemote gitUrl={app.gitUrl} branch={app.source.branch ?? 'main'} />}
      <Section
        title="Last deployments"
        action={
          deployments.length > SHOWN && (
            <Link href={`/apps/${app.hostname}/deployments`} className="font-medium text-accent-text hover:underline">
              All deployments
            </Link>
          )
        }
      >
        {deployments.length === 0 ? (
          <p className="card p-4 text-muted">Nothing was deployed yet.</p>
        ) : (
          <ul className="card divide-y divide-line overflow-hidden">
            {deployments.slice(0, SHOWN).map((deployment) => (
              <DeploymentRow key={deployment.id} deployment={deployment} app={app} />
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}
