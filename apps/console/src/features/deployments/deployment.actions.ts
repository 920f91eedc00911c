'use server';

import type { FixView } from '@weir/contracts';
import { isId } from '@weir/domain';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt } from '#api/attempt.ts';
import type { Outcome } from '#api/outcome.ts';
import { callApi } from '#api/server.ts';

/** Cancels a deployment that is not live yet. */
export async function cancelDeployment(app: string, deployment: string): Promise<Outcome> {
  if (!isId('deployment', deployment)) return { ok: false, code: 'deployment.not_found', message: 'There is no such deployment.', fields: {} };
  const done = await attempt(() => callApi('deployments.cancel', { params: { deployment } }));
  revalidatePath(`/apps/${app}`, 'layout');
  return done.ok ? { ok: true, value: undefined } : done;
}

/** Changes the setting that a failure names, deploys, and leads to the deployment. */
export async function applyFix(app: string, { setting, value }: FixView): Promise<Outcome> {
  const changed = await attempt(() => callApi('apps.update', { params: { app }, body: setting === 'memoryMib' ? { limits: { memoryMib: value } } : { [setting]: value } }));
  if (!changed.ok) return changed;
  const done = await attempt(() => callApi('deployments.create', { params: { app }, body: { reason: 'deploy' } }));
  if (!done.ok) return done;
  redirect(`/apps/${app}/deployments/${done.value.id}`);
}
