import { describe, expect, it } from 'vitest';
import { chooseInstances } from './choose-instances.ts';

const instance = (id: string, some: Partial<Parameters<typeof chooseInstances>[0][number]> = {}) => ({ id, attempt: 1, releaseId: 'rel_2', desired: 'running', status: 'healthy', address: '10.0.0.2:8501', ...some });
const ids = (...instances: ReturnType<typeof instance>[]) => chooseInstances(instances, 'rel_2').map(({ id, state }) => (state === 'serving' ? id : `${id} ${state}`));

describe('the route of an app', () => {
  it('leads to every instance of the live release that serves, newest first', () => {
    expect(ids(instance('ins_1'), instance('ins_2'), instance('ins_3', { status: 'starting' }))).toEqual(['ins_2', 'ins_1']);
    expect(ids(instance('ins_3', { releaseId: 'rel_3' }))).toEqual([]);
  });

  it('keeps what drains, after it', () => {
    expect(ids(instance('ins_3', { releaseId: 'rel_1', desired: 'draining' }), instance('ins_2'))).toEqual(['ins_2', 'ins_3 draining']);
  });

  it('says what is frozen, from when it is asked for until it answers again', () => {
    expect(ids(instance('ins_1', { desired: 'frozen' }), instance('ins_2', { desired: 'frozen', status: 'frozen' }), instance('ins_3', { status: 'frozen' }))).toEqual(['ins_3 frozen', 'ins_2 frozen', 'ins_1 frozen']);
  });

  it('gives an unhealthy instance no new browsers beside a healthy one, and has it rather than none', () => {
    expect(ids(instance('ins_1'), instance('ins_2', { status: 'unhealthy' }))).toEqual(['ins_1', 'ins_2 draining']);
    expect(ids(instance('ins_1', { status: 'unhealthy' }), instance('ins_2', { status: 'unhealthy' }))).toEqual(['ins_2', 'ins_1']);
  });

  it('leads to nothing that starts, crashed, stopped or has no address', () => {
    for (const status of ['pending', 'starting', 'crashed', 'failed', 'stopped']) expect(ids(instance('ins_1', { status }))).toEqual([]);
    expect(ids(instance('ins_1', { address: null }))).toEqual([]);
    expect(ids(instance('ins_1', { desired: 'stopped' }))).toEqual([]);
  });
});
