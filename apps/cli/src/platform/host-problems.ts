import { WorkerHealth } from '@weir/contracts';
import { type HostProblem, TENANTS_TRUSTED } from '@weir/domain';
import type { DataFolder } from '@weir/installation/data-folder';
import { existsSync } from 'node:fs';
import { z } from 'zod';

const Plan = z.object({ ports: z.object({ worker: z.number() }) });
const ANSWERS_WITHIN_MS = 3000;

/** What the operator of an installation on this machine must know. A worker that is away is seen among the processes. */
export async function hostProblems(data: DataFolder): Promise<HostProblem[]> {
  const kept = data.settings.trustTenants ? [TENANTS_TRUSTED] : [];
  const told = existsSync(data.file('plan.json')) ? await toldBy(Plan.parse(JSON.parse(data.read('plan.json'))).ports.worker) : [];
  return [...kept, ...told.filter(({ code }) => !kept.some((problem) => problem.code === code))];
}

async function toldBy(workerPort: number): Promise<HostProblem[]> {
  const answer = await fetch(`http://127.0.0.1:${workerPort}/internal/healthz`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).catch((error: unknown) => error);
  return answer instanceof Response && answer.ok ? WorkerHealth.parse(await answer.json()).problems : [];
}
