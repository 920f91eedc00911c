'use server';

import { revalidatePath } from 'next/cache';
import { attempt } from '#api/attempt.ts';
import type { Outcome } from '#api/outcome.ts';
import { callApi } from '#api/server.ts';

/** Replaces all of an app's secrets. */
export async function saveSecrets(app: string, toml: string): Promise<Outcome> {
  const done = await attempt(() => callApi('secrets.set', { params: { app }, body: { toml } }));
  if (!done.ok) return done;
  revalidatePath(`/apps/${app}/secrets`);
  const count = done.value.items.length;
  return { ok: true, value: undefined, message: `Saved: ${count === 1 ? '1 secret' : `${count} secrets`}. The running app reads them from now on.` };
}
