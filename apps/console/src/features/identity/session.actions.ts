'use server';

import { redirect } from 'next/navigation';
import { attempt } from '#api/attempt.ts';
import type { Outcome } from '#api/outcome.ts';
import { problemOf } from '#api/problem.ts';
import { callApi } from '#api/server.ts';
import { forgetSession, keepSession } from '#api/session-cookie.ts';

/** Spends a one-time link. Only this does: opening the page must not, since mail scanners and previews open links too. */
export async function signIn(_: Outcome, form: FormData): Promise<Outcome> {
  const token = form.get('token');
  try {
    const { session, expiresAt } = await callApi('session.create', { body: { token: typeof token === 'string' ? token : '' } });
    await keepSession(session, expiresAt);
  } catch (error) {
    const problem = problemOf(error);
    if (problem && problem.status < 500) return { ok: false, code: problem.code, message: problem.detail, fields: {} };
    return attempt(() => Promise.reject(error instanceof Error ? error : new Error('sign-in failed')));
  }
  redirect('/');
}

export async function signOut(): Promise<void> {
  try {
    await callApi('session.delete', {});
  } catch (error) {
    if (problemOf(error)?.status !== 401) throw error; // it had ended already
  }
  await forgetSession();
  redirect('/sign-in');
}
