import type { InstanceView } from '@weir/contracts';

/** One word for an instance, from what is asked of it and what was seen. */
export type InstanceState = InstanceView['status'] | 'draining' | 'freezing' | 'waking' | 'stopping';

const ENDED: ReadonlySet<InstanceView['status']> = new Set(['crashed', 'failed', 'stopped']);

export function instanceState({ desired, status }: Pick<InstanceView, 'desired' | 'status'>): InstanceState {
  if (ENDED.has(status)) return status;
  if (desired === 'draining') return 'draining';
  if (desired === 'stopped') return 'stopping';
  if (desired === 'frozen') return status === 'frozen' ? 'frozen' : 'freezing';
  return status === 'frozen' ? 'waking' : status;
}
