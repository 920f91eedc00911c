'use client';

import type { AppView, DeploymentView } from '@weir/contracts';
import { SECRET_COMMITTED } from '@weir/domain';
import { deployAnyway } from '#features/app/app-operations.actions.ts';
import { ActionButton } from '#ui/action-button.tsx';

/** Where a committed credential stopped a deployment: acknowledges it, and deploys. */
export function DeployAnyway({ app, deployment: { id, failure, commit } }: { readonly app: AppView; readonly deployment: DeploymentView }) {
  if (failure?.code !== SECRET_COMMITTED) return null;
  return (
    <ActionButton look="warning" action={() => deployAnyway(app.hostname, id, app.source.kind === 'builtin' ? commit : null)} pending="Deploying…">
      Deploy anyway
    </ActionButton>
  );
}
