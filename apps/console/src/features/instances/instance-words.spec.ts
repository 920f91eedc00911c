import type { AppView, InstanceView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { inOrder, instanceWords, wantsTable } from './instance-words.ts';

const instance = (rest: Partial<InstanceView> = {}): InstanceView => ({ id: 'ins_1', slot: 0, release: 'rel_2', desired: 'running', status: 'healthy', reason: null, restarts: 0, sockets: 0, startedAt: null, ...rest }) as InstanceView;
const app = (replicas: number, instances: InstanceView[], rest: Partial<AppView> = {}): AppView => ({ replicas, instances, desired: 'running', status: 'live', release: { id: 'rel_2' }, ...rest }) as AppView;
const older = instance({ release: 'rel_1', desired: 'draining' } as Partial<InstanceView>);
const frozen = instance({ desired: 'frozen', status: 'frozen' });

describe('how an app’s instances are, in one phrase', () => {
  it.each([
    ['1, healthy', app(1, [instance()])],
    ['3, all healthy', app(3, [instance(), instance(), instance()])],
    ['2 of 3 healthy', app(3, [instance(), instance({ status: 'crashed' }), instance()])],
    ['1 of 2 healthy', app(2, [instance()])],
    ['1 of 2 healthy', app(1, [instance(), instance({ status: 'starting' })])],
    ['1, healthy, 1 draining', app(1, [instance(), older])],
    ['2, all frozen', app(2, [frozen, frozen], { status: 'asleep' })],
    ['1 of 2 frozen', app(2, [frozen, instance({ desired: 'frozen' })], { status: 'asleep' })],
    ['1, waking', app(1, [instance({ status: 'frozen' })])],
    ['None; 2 when it wakes', app(2, [], { status: 'asleep' })],
    ['None; 1 when it is started', app(1, [], { desired: 'stopped' })],
    ['None yet', app(1, [instance({ release: 'rel_3', status: 'starting' } as Partial<InstanceView>)])],
  ])('%s', (words, given) => {
    expect(instanceWords(given)).toBe(words);
  });
});

describe('the table of instances', () => {
  it('is there as soon as one line cannot tell', () => {
    expect([app(1, [instance()]), app(3, []), app(3, [instance()]), app(1, [instance(), older])].map(wantsTable)).toEqual([false, false, true, true]);
  });

  it('shows the current release first and what leaves last', () => {
    const next = instance({ release: 'rel_3', status: 'starting' } as Partial<InstanceView>);
    const draining = instance({ desired: 'draining' });
    const current = instance();
    expect(inOrder(app(1, [older, draining, next, current]))).toEqual([current, next, draining, older]);
  });

  it('keeps the order of the slots, whichever was replaced last', () => {
    const [first, second, third] = [instance(), instance({ slot: 1 }), instance({ slot: 2 })];
    expect(inOrder(app(3, [second, third, first]))).toEqual([first, second, third]);
  });
});
