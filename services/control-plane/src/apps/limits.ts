import { Invalid, type Limits } from '@weir/domain';

export const UNITS: Record<keyof Limits, string> = { memoryMib: 'MiB of memory', cpus: 'processors', pids: 'processes' };

type Asked = { readonly [K in keyof Limits]?: number | undefined };

/** Settled limits: what was asked for over what there was. @throws Invalid `limits.too_high` over the operator's bound */
export function settleLimits(asked: Asked | undefined, present: Limits, most: Limits): Limits {
  const settled = { memoryMib: asked?.memoryMib ?? present.memoryMib, cpus: asked?.cpus ?? present.cpus, pids: asked?.pids ?? present.pids };
  for (const key of ['memoryMib', 'cpus', 'pids'] as const) {
    if (asked?.[key] !== undefined && settled[key] > most[key]) throw new Invalid('limits.too_high', `An app may have at most ${most[key]} ${UNITS[key]} here.`, `limits.${key}`);
  }
  return settled;
}
