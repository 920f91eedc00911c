import { describe, expect, it } from 'vitest';
import { type InstanceFacts, judgeInstance, planRestart } from './judge-instance.ts';

const facts = (some: Partial<InstanceFacts> = {}): InstanceFacts => ({ desired: 'running', status: 'starting', attempt: 1, deploying: false, ...some });

describe('a report of an instance', () => {
  it('changes nothing when it is of an older attempt', () => {
    for (const status of ['healthy', 'frozen', 'crashed', 'stopped'] as const) expect(judgeInstance(facts({ attempt: 2 }), { attempt: 1, status })).toBe('void');
  });

  it('promotes a healthy instance that is wanted, and no other', () => {
    expect(judgeInstance(facts(), { attempt: 1, status: 'healthy' })).toBe('promote');
    expect(judgeInstance(facts({ desired: 'draining' }), { attempt: 1, status: 'healthy' })).toBe('note');
    expect(judgeInstance(facts({ desired: 'stopped' }), { attempt: 1, status: 'healthy' })).toBe('note');
  });

  it('fails the deployment that waits for it, and restarts a live one', () => {
    for (const status of ['crashed', 'failed', 'stopped'] as const) {
      expect(judgeInstance(facts({ deploying: true }), { attempt: 1, status })).toBe('fail');
      expect(judgeInstance(facts(), { attempt: 1, status })).toBe('restart');
    }
  });

  it('never brings back one that drains or was stopped', () => {
    for (const desired of ['draining', 'stopped'] as const) expect(judgeInstance(facts({ desired }), { attempt: 1, status: 'crashed' })).toBe('end');
    expect(judgeInstance(facts({ status: 'stopped', desired: 'stopped' }), { attempt: 1, status: 'healthy' })).toBe('void');
  });
});

describe('a report of an instance that sleeps', () => {
  it('is noted while it is or becomes frozen, and makes it serve once it answers again', () => {
    expect(judgeInstance(facts({ desired: 'frozen', status: 'healthy' }), { attempt: 1, status: 'frozen' })).toBe('note');
    expect(judgeInstance(facts({ desired: 'frozen', status: 'frozen' }), { attempt: 1, status: 'healthy' })).toBe('note');
    expect(judgeInstance(facts({ desired: 'running', status: 'frozen' }), { attempt: 1, status: 'frozen' })).toBe('note');
    expect(judgeInstance(facts({ desired: 'running', status: 'frozen' }), { attempt: 1, status: 'healthy' })).toBe('promote');
  });

  it('ends it when it is gone: that is no crash, and nothing is restarted', () => {
    for (const status of ['crashed', 'failed', 'stopped'] as const) expect(judgeInstance(facts({ desired: 'frozen', status: 'frozen' }), { attempt: 1, status })).toBe('end');
  });
});

describe('an app that crashes', () => {
  const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);
  const delays = (...seconds: number[]) => {
    let crashes: string[] = [];
    return seconds.map((second) => {
      const plan = planRestart(crashes, at(second));
      crashes = plan.crashes;
      return plan.startAfter && (plan.startAfter.getTime() - at(second).getTime()) / 1000;
    });
  };

  it('restarts after 1, 2, 4 and 8 seconds, and is left alone at the fifth crash in ten minutes', () => {
    expect(delays(0, 10, 20, 30, 40)).toEqual([1, 2, 4, 8, null]);
  });

  it('is forgiven what happened longer ago', () => {
    expect(delays(0, 700, 1400, 2100, 2800, 3500)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});
