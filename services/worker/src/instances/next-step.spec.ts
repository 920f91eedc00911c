import type { ObservedInstance } from '@weir/container-runtime';
import { describe, expect, it } from 'vitest';
import { nextStep } from './next-step.ts';
import { desiredInstance } from './testing/worker-fixture.ts';

const desired = desiredInstance({ attempt: 2 });
const seen = (state: ObservedInstance['state'], attempt = 2): ObservedInstance => ({ ...desired, attempt, container: 'c', state, address: null, createdAtMs: 0, exit: null });
const step = (want: Partial<typeof desired>, observed?: ObservedInstance) => nextStep({ ...desired, ...want }, observed, Date.parse('2026-01-01T00:00:00Z')).do;

describe('the next step of an instance', () => {
  it.each([
    ['running', undefined, 'start'],
    ['running', seen('created'), 'start'],
    ['running', seen('running'), 'keep'],
    ['running', seen('ended'), 'report-end'],
    ['running', seen('running', 1), 'start'],
    ['running', seen('ended', 1), 'start'],
    ['running', seen('running', 3), 'nothing'],
    ['running', seen('frozen'), 'thaw'],
    ['running', seen('frozen', 1), 'start'],
    ['running', seen('frozen', 3), 'nothing'],
    ['frozen', seen('running'), 'freeze'],
    ['frozen', seen('frozen'), 'keep'],
    ['frozen', seen('ended'), 'report-end'],
    ['frozen', seen('created'), 'stop'],
    ['frozen', seen('running', 1), 'stop'],
    ['frozen', seen('frozen', 3), 'nothing'],
    ['frozen', undefined, 'report-stopped'],
    ['draining', seen('running'), 'keep'],
    ['draining', seen('frozen'), 'thaw'],
    ['draining', seen('created'), 'stop'],
    ['draining', undefined, 'report-stopped'],
    ['draining', seen('ended', 1), 'stop'],
    ['stopped', seen('running'), 'stop'],
    ['stopped', seen('frozen'), 'stop'],
    ['stopped', seen('ended'), 'stop'],
    ['stopped', undefined, 'report-stopped'],
  ] as const)('that is wanted %s', (want, observed, expected) => {
    expect(step({ desired: want }, observed)).toBe(expected);
  });

  it('waits until it may start again', () => {
    expect(step({ startAfter: '2026-01-01T00:00:01Z' })).toBe('wait');
    expect(step({ startAfter: '2025-12-31T23:59:59Z' })).toBe('start');
  });
});
