'use server';

import type { UpdateApp } from '@weir/contracts';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt } from '#api/attempt.ts';
import type { Outcome } from '#api/outcome.ts';
import { callApi } from '#api/server.ts';

/** Changes some of an app's settings. A new hostname leads to the app's new address here. */
export async function saveSettings(app: string, change: UpdateApp): Promise<Outcome> {
  const done = await attempt(() => callApi('apps.update', { params: { app }, body: change }));
  if (!done.ok) return done;
  revalidatePath(`/apps/${app}`, 'layout');
  if (change.hostname !== undefined && change.hostname !== app) redirect(`/apps/${change.hostname}/settings`);
  return { ok: true, value: undefined, message: 'Saved.' };
}
