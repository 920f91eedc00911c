import { type ContainerRuntime, type ObservedInstance, RuntimeProblem } from '@weir/container-runtime';
import type { InstanceReport } from '@weir/contracts';

const LAST_LINES = 40;
const MAX_CHARACTERS = 2000;

/** How an instance ended, with what it said last; and why we ended it, if it was us. */
export async function exitReport(runtime: ContainerRuntime, { id, exit }: ObservedInstance, why?: string): Promise<NonNullable<InstanceReport['exit']>> {
  const lines = await runtime.lastLines(id, LAST_LINES).catch((error: unknown) => {
    if (error instanceof RuntimeProblem) return []; // an end without its last words is still an end
    throw error;
  });
  return { ...(exit ?? { code: null, signal: null, oom: false }), lastLines: [...lines.map((line) => line.slice(0, MAX_CHARACTERS)), ...(why ? [why] : [])] };
}
