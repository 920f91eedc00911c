import { companionsOf, misfitsAmong } from './compatibility.ts';
import { normalName } from './requirement-line.ts';
import type { BuildPlan } from './plan.ts';

export interface Misfits {
  /** Such as `pyarrow<26`: to be installed into the environment as it is. */
  readonly requirements: readonly string[];
  readonly notes: readonly string[];
}

/**
 * What an installation made of a plan and cannot work, as far as it is known: a package that another one brings
 * along may be too old for a third, which only asks for any; and old releases, in locks too, lack what every
 * environment had in their time.
 *
 * @param lock what `uv pip freeze` says
 */
export function misfits({ keeps }: Pick<BuildPlan, 'keeps'>, lock: string): Misfits {
  const installed = new Map(Array.from(lock.matchAll(/^([\w.-]+)(==\S+)$/gm), ([, name = '', version = '']) => [normalName(name), version] as const));
  const companions = companionsOf(installed);
  if (keeps === null) return companions;
  const { requirements, notes } = misfitsAmong(installed, keeps);
  return { requirements: [...requirements, ...companions.requirements], notes: [...notes, ...companions.notes] };
}
