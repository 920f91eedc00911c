import type { InstanceStatus } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { planSlots, type SlotAsk } from './plan-slots.ts';

/** Two letters an instance: its slot and its id; then its status. */
const read = (text: string) => text.split(' ').filter(Boolean).map((each) => {
  const [name = '', status = 'healthy'] = each.split(':');
  return { slot: Number(name[0]), id: name, status: status as InstanceStatus };
});

describe('the slots of an app', () => {
  it.each<[title: string, ask: SlotAsk, replicas: number, instances: string, add: number[], retire: string[]]>([
    ['all are filled at first', 'fill', 3, '', [0, 1, 2], []],
    ['scaling up adds what is missing', 'fill', 3, '0a', [1, 2], []],
    ['scaling down retires the highest', 'fill', 1, '0a 1a 2a:starting', [], ['1a', '2a']],
    ['a hole is filled, whatever lies above', 'fill', 3, '0a 2a', [1], []],
    ['nothing to do is nothing done', 'fill', 2, '0a 1a:unhealthy', [], []],
    ['one that was given up keeps its slot, since a person must look', 'fill', 2, '0a 1a:crashed', [], []],
    ['the older one stays until the fresh one of its slot is healthy', 'fill', 2, '0a 0b:starting 1a 1b', [], ['1a']],
    ['one that is unhealthy takes nothing over', 'fill', 1, '0a 0b:unhealthy', [], []],
    ['mending replaces what was given up', 'mend', 2, '0a:crashed 1a', [0], ['0a']],
    ['mending leaves a frozen one, and one that starts', 'mend', 2, '0a:frozen 1a:pending', [], []],
    ['renewing wants a fresh one in every slot beside what serves', 'renew', 2, '0a 1a:unhealthy', [0, 1], []],
    ['renewing twice leaves one fresh one a slot', 'renew', 1, '0a 0b:pending', [0], ['0b']],
    ['renewing an app that crashed retires what does not serve', 'renew', 1, '0a:crashed', [0], ['0a']],
  ])('%s', (_, ask, replicas, instances, add, retire) => {
    expect(planSlots(read(instances), replicas, ask)).toEqual({ add, retire });
  });
});
