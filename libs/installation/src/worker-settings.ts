import { isRuntimeName } from '@weir/container-runtime-docker';
import { isAptPackage } from '@weir/domain';
import { z } from 'zod';
import { keptVariables, listOf } from './kept-variables.ts';
import { Refusal } from './refusal.ts';

/** What an operator may tell the worker at a start, and what each may be; the rest of its configuration is ours. */
const VARIABLES = {
  WEIR_DOCKERFILES: (text: string) => (['true', 'false'].includes(text) ? undefined : 'it is true or false'),
  WEIR_APT_PACKAGES: (text: string) => {
    const wrong = listOf(text).find((name) => !isAptPackage(name));
    return wrong === undefined ? undefined : `“${wrong.slice(0, 80)}” is not the name of an apt package`;
  },
  WEIR_CONTAINER_RUNTIME: (text: string) => (isRuntimeName(text) ? undefined : 'it is the name of one of the Docker Engine’s runtimes, such as runc or runsc'),
} as const;

export const WORKER_VARIABLES = Object.keys(VARIABLES) as (keyof typeof VARIABLES)[];

/** Values as the worker reads them from its environment. */
export const WorkerSettings = z.partialRecord(z.enum(WORKER_VARIABLES), z.string());
export type WorkerSettings = z.infer<typeof WorkerSettings>;

/** What was kept, with what this environment names instead. @throws Refusal naming the first that is none */
export function workerSettingsOf(env: NodeJS.ProcessEnv, kept: WorkerSettings): WorkerSettings {
  const settings: WorkerSettings = keptVariables(WORKER_VARIABLES, env, kept);
  for (const name of WORKER_VARIABLES) {
    const why = settings[name] === undefined ? undefined : VARIABLES[name](settings[name]);
    if (why !== undefined) throw new Refusal('worker.settings_invalid', `${name}: ${why}.`);
  }
  return settings;
}
