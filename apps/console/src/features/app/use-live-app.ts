'use client';

import type { AppView, DeploymentView } from '@weir/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useLive } from '#live/use-live.ts';
import { withDeployment } from './app-list-changes.ts';

interface LiveApp {
  readonly app: AppView;
  /** Newest first, as the server rendered them and as they came since. */
  readonly deployments: readonly DeploymentView[];
}

/** The deployments with one put in its place; a new one comes first. */
export function putDeployment(deployments: readonly DeploymentView[], changed: DeploymentView): readonly DeploymentView[] {
  const known = deployments.some((deployment) => deployment.id === changed.id);
  return known ? deployments.map((deployment) => (deployment.id === changed.id ? changed : deployment)) : [changed, ...deployments].sort((a, b) => b.number - a.number);
}

const NONE: readonly DeploymentView[] = [];

/** One app and its deployments, as they change. A newer rendering wins; a deleted app leads back to the list. */
export function useLiveApp(renderedApp: AppView, renderedDeployments: readonly DeploymentView[] = NONE): LiveApp {
  const router = useRouter();
  const [state, setState] = useState({ renderedApp, app: renderedApp, deployments: renderedDeployments });
  if (state.renderedApp !== renderedApp) setState({ renderedApp, app: renderedApp, deployments: renderedDeployments });
  useLive(`app ${renderedApp.id}`, () => [{ topic: 'app', app: renderedApp.id }], (message) => {
    if (message.event === 'app-deleted' && message.data.id === renderedApp.id) router.replace('/');
    if (message.event === 'app' && message.data.id === renderedApp.id) {
      const { deployment } = message.data;
      setState((now) => ({ ...now, app: message.data, deployments: deployment ? putDeployment(now.deployments, deployment) : now.deployments }));
    }
    if (message.event === 'deployment' && message.data.app === renderedApp.id) {
      setState((now) => ({ ...now, app: withDeployment(now.app, message.data), deployments: putDeployment(now.deployments, message.data) }));
    }
  });
  return state.renderedApp === renderedApp ? state : { app: renderedApp, deployments: renderedDeployments };
}
