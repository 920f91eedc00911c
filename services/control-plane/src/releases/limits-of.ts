import type { ReleaseRow } from '@weir/database';
import type { Limits, Warning } from '@weir/domain';
import { UNITS } from '../apps/limits.ts';

export const LIMIT_NAMES = ['memoryMib', 'cpus', 'pids'] as const;

/** The limits that an old release is run with: those it was made with, as far as the operator still allows them. */
export const limitsOf = (release: Limits, most: Limits): Limits => ({ memoryMib: Math.min(release.memoryMib, most.memoryMib), cpus: Math.min(release.cpus, most.cpus), pids: Math.min(release.pids, most.pids) });

/** Says which of them the operator does not allow any more. */
export function loweredWarnings(release: Pick<ReleaseRow, 'number'> & Limits, most: Limits): Warning[] {
  const lowered = LIMIT_NAMES.filter((name) => release[name] > most[name]).map((name) => `${release[name]} ${UNITS[name]} (now ${most[name]})`);
  return lowered.length === 0 ? [] : [{ code: 'limits.lowered', message: `Release ${release.number} had more than is allowed here now, and is run with less: ${lowered.join(', ')}.`, excerpt: null }];
}
