'use client';

import type { AppView, DeploymentView } from '@weir/contracts';
import { useLiveApp } from '#features/app/use-live-app.ts';
import { ButtonLink } from '#ui/button.tsx';
import { DeploymentRow } from './deployment-row.tsx';

interface DeploymentListProps {
  readonly app: AppView;
  readonly deployments: readonly DeploymentView[];
  readonly next: string | null;
  /** The first page, where new ones appear. */
  readonly newest: boolean;
}

/** One page of an app's deployments, newest first. */
export function DeploymentList({ app: rendered, deployments: renderedDeployments, next, newest }: DeploymentListProps) {
  const { app, deployments: live } = useLiveApp(rendered, renderedDeployments);
  const shown = newest ? live : live.filter(({ id }) => renderedDeployments.some((deployment) => deployment.id === id));
  return (
    <div className="flex flex-col gap-4">
      {shown.length === 0 ? (
        <p className="card p-4 text-muted">Nothing was deployed yet. “Deploy newest commit” starts the first.</p>
      ) : (
        <ul className="card divide-y divide-line overflow-hidden">
          {shown.map((deployment) => (
            <DeploymentRow key={deployment.id} deployment={deployment} app={app} />
          ))}
        </ul>
      )}
      <div className="flex gap-2">
        {!newest && <ButtonLink href={`/apps/${app.hostname}/deployments`}>Newest</ButtonLink>}
        {next !== null && <ButtonLink href={`/apps/${app.hostname}/deployments?after=${encodeURIComponent(next)}`}>Older</ButtonLink>}
      </div>
    </div>
  );
}
