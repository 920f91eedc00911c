import type { AppView } from '@weir/contracts';
import type { Session } from './command.ts';
import { waitForApp } from './wait-for-app.ts';

/** Waits until an app is where a command wants it, and says how it stands: exit 0 if it got there, else 1. */
export async function arrive({ patientClient, output }: Session, app: string, hasArrived: (app: AppView) => boolean, facts: (app: AppView) => Record<string, unknown> = () => ({})): Promise<void> {
  const view = await waitForApp(patientClient, app, hasArrived);
  const isDone = hasArrived(view);
  output.result({ app: view.id, status: isDone ? view.status : 'failed', ...facts(view) }, () => (isDone ? `${view.hostname} is ${view.status}.` : `${view.hostname} is still ${view.status}${view.statusReason ? `: ${view.statusReason}` : ''}.`));
  process.exitCode = isDone ? 0 : 1;
}
