'use server';

import { isId } from '@weir/domain';
import { revalidatePath } from 'next/cache';
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
