'use server';

import type { CreateApp } from '@weir/contracts';
import { redirect } from 'next/navigation';
import { attempt } from '#api/attempt.ts';
import type { Outcome } from '#api/outcome.ts';
import { problemOf } from '#api/problem.ts';
import { callApi } from '#api/server.ts';

/** Creates an app, deploys it, and leads to its first deployment. */
export async function createApp(_: Outcome, input: CreateApp): Promise<Outcome> {
  const created = await attempt(() => callApi('apps.create', { body: input }));
  if (!created.ok) return created;
  const { id, hostname } = created.value;
  const deployment = await firstDeployment(id);
  redirect(deployment === null ? `/apps/${hostname}` : `/apps/${hostname}/deployments/${deployment}`);
}

/** The app exists whatever becomes of this; its page offers to deploy again. */
async function firstDeployment(app: string): Promise<string | null> {
  try {
    return (await callApi('deployments.create', { params: { app }, body: {} })).id;
  } catch (error) {
    if (problemOf(error)) return null;
    throw error;
  }
}
