'use server';

import { isId } from '@weir/domain';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt } from '#api/attempt.ts';
import type { Outcome } from '#api/outcome.ts';
import { callApi } from '#api/server.ts';

/** Goes back to a release and leads to the deployment that does it. */
export async function rollBack(app: string, release: string): Promise<Outcome> {
  if (!isId('release', release)) return { ok: false, code: 'release.not_found', message: 'There is no such release.', fields: {} };
  const done = await attempt(() => callApi('rollback.create', { params: { app }, body: { to: release } }));
  if (!done.ok) return done;
  revalidatePath(`/apps/${app}`, 'layout');
  redirect(`/apps/${app}/deployments/${done.value.id}`);
}
