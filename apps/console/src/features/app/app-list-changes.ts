import type { AppView, LiveMessage } from '@weir/contracts';

/** The list after one live message; newest apps first. */
export function changeApps(apps: readonly AppView[], message: LiveMessage): readonly AppView[] {
  if (message.event === 'app-deleted') return apps.filter((app) => app.id !== message.data.id);
  if (message.event === 'deployment') return apps.map((app) => (app.id === message.data.app ? withDeployment(app, message.data) : app));
  if (message.event !== 'app') return apps;
  const known = apps.some((app) => app.id === message.data.id);
  return known ? apps.map((app) => (app.id === message.data.id ? message.data : app)) : [message.data, ...apps];
}

/** The app with this deployment as its newest, unless it has a newer one. */
export function withDeployment(app: AppView, deployment: NonNullable<AppView['deployment']>): AppView {
  const older = app.deployment !== null && app.deployment.number > deployment.number;
  return older ? app : { ...app, deployment };
}
