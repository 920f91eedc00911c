'use client';

import type { AppView, DeploymentView } from '@weir/contracts';
import { isPending } from '@weir/domain';
import { ExternalLink } from 'lucide-react';
import { useLiveApp } from '#features/app/use-live-app.ts';
import { canRollBack } from '#features/releases/can-roll-back.ts';
import { ExactPackages } from '#features/releases/exact-packages.tsx';
import { RollBack } from '#features/releases/roll-back.tsx';
import { LogView } from '#features/logs/log-view.tsx';
import { ActionButton } from '#ui/action-button.tsx';
import { buttonClass } from '#ui/button.tsx';
import { DeployAnyway } from './deploy-anyway.tsx';
import { cancelDeployment } from './deployment.actions.ts';
import { DeploymentFacts } from './deployment-facts.tsx';
import { FailureCard } from './failure-card.tsx';
import { PhaseBar } from './phase-bar.tsx';
import { PlanCard } from './plan-card.tsx';
import { DeployCheck, WarningList } from './warning-list.tsx';

/** One deployment: what failed on top, then its phases, its log as it is written, its plan; last what the deploy check found. */
export function DeploymentDetail({ app: renderedApp, deployment: rendered }: { readonly app: AppView; readonly deployment: DeploymentView }) {
  const { app, deployments } = useLiveApp(renderedApp, [rendered]);
  const deployment = deployments.find(({ id }) => id === rendered.id) ?? rendered;
  const pending = isPending(deployment.status);
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <DeploymentFacts deployment={deployment} />
        <div className="flex flex-wrap gap-2">
          {pending && (
            <ActionButton look="warning" action={() => cancelDeployment(app.hostname, deployment.id)} pending="Cancelling…">
              Cancel deployment
            </ActionButton>
          )}
          {canRollBack(app, deployment) && <RollBack app={app} deployment={deployment} look="primary" />}
          {deployment.status === 'live' && (
            <a href={app.url} target="_blank" rel="noreferrer" className={buttonClass('primary')}>
              Open app
              <ExternalLink size={14} aria-hidden />
            </a>
          )}
        </div>
      </div>
      {deployment.failure && (
        <FailureCard app={app.hostname} failure={deployment.failure} stillServing={app.release !== null}>
          <DeployAnyway app={app} deployment={deployment} />
        </FailureCard>
      )}
      <WarningList app={app.hostname} warnings={deployment.warnings} />
      <section aria-label="Phases" className="card p-4">
        <PhaseBar deployment={deployment} />
      </section>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px]">
        <LogView
          app={app.hostname}
          subject={{ topic: 'build-log', deployment: deployment.id }}
          fileName={`${app.hostname}-deployment-${deployment.number}.log`}
          label="Build log"
          empty={deployment.status === 'queued' ? 'The log starts when a builder is free.' : 'Waiting for the first line.'}
          height="h-[min(56vh,560px)]"
        />
        <div className="flex flex-col gap-4">
          {deployment.plan ? <PlanCard plan={deployment.plan} /> : <p className="rounded-lg border border-dashed border-line-strong p-4 text-muted">{pending ? 'The build plan shows here once the repository is read.' : 'It ended before there was a build plan.'}</p>}
          {deployment.release !== null && deployment.liveAt !== null && <ExactPackages app={app.id} release={deployment.release} />}
        </div>
      </div>
      <DeployCheck warnings={deployment.warnings} />
    </div>
  );
}
