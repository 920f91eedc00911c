'use server';

import type { DeploymentId } from '@weir/domain';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt } from '#api/attempt.ts';
import type { Outcome } from '#api/outcome.ts';
import { callApi } from '#api/server.ts';

export type Operation = 'stop' | 'start' | 'reboot' | 'wake';

/** Stops, starts, reboots or wakes an app. What comes of it arrives live. */
export async function operateApp(app: string, operation: Operation): Promise<Outcome> {
  return operate(app, () => callApi(`apps.${operation}`, { params: { app } }));
}

/** Puts an app to sleep, without waiting for it to be idle. */
export async function putToSleep(app: string, depth: 'frozen' | 'stopped'): Promise<Outcome> {
  return operate(app, () => callApi('apps.sleep', { params: { app }, body: { depth } }));
}

/** Changes how many instances are wanted. */
export async function scaleApp(app: string, replicas: number): Promise<Outcome> {
  return operate(app, () => callApi('apps.update', { params: { app }, body: { replicas } }));
}

async function operate(app: string, work: () => Promise<unknown>): Promise<Outcome> {
  const done = await attempt(work);
  revalidatePath(`/apps/${app}`, 'layout');
  return done.ok ? { ok: true, value: undefined } : done;
}

/** Deploys an app's newest commit and leads to the deployment. */
export async function deployAgain(app: string, reason: 'deploy' | 'redeploy'): Promise<Outcome> {
  const done = await attempt(() => callApi('deployments.create', { params: { app }, body: { reason } }));
  if (!done.ok) return done;
  redirect(`/apps/${app}/deployments/${done.value.id}`);
}

/** Deploys the commit of a deployment that a committed credential stopped; of a Git repository its newest, which stops again at a credential that this one did not show. */
export async function deployAnyway(app: string, seen: DeploymentId, commit: string | null): Promise<Outcome> {
  const done = await attempt(() => callApi('deployments.create', { params: { app }, body: { reason: 'redeploy', acknowledges: seen, ...(commit !== null && { commit }) } }));
  if (!done.ok) return done;
  redirect(`/apps/${app}/deployments/${done.value.id}`);
}

/** Deletes an app. The typed name is checked here too: a stray request deletes nothing. */
export async function deleteApp(app: string, hostname: string, typed: string): Promise<Outcome> {
  if (typed !== hostname) return { ok: false, code: 'console.confirmation', message: `Type ${hostname} to delete it.`, fields: {} };
  const done = await attempt(() => callApi('apps.delete', { params: { app } }));
  if (!done.ok) return done;
  revalidatePath('/');
  redirect('/');
}
