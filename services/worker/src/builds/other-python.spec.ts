import { planBuild } from '@weir/build-plan';
import { describe, expect, it } from 'vitest';
import { BuildFailed, failed } from './build-failed.ts';
import { failedOnBoth, LearntPythons, missedPython } from './other-python.ts';

const open = { python: null, lock: null };
const missing = (python: string, message = 'numpy==2.5.5 needs Python >=3.12, and the app runs on 3.11.'): BuildFailed => new BuildFailed({ code: 'build.python_mismatch', phase: 'environment', message, hint: 'Choose it.', excerpt: null, fix: { setting: 'python', value: python } });

describe('another Python', () => {
  it('is tried where a build failed for want of it', () => {
    expect(missedPython(missing('3.13'), open)).toEqual({ python: '3.13', because: 'numpy==2.5.5 needs Python >=3.12, and the app runs on 3.11.' });
  });

  it('is not tried where somebody chose one, where a release is built again, and where it is not why', () => {
    expect(missedPython(missing('3.13'), { ...open, python: '3.11' })).toBeUndefined();
    expect(missedPython(missing('3.13'), { ...open, lock: 'six==1.17.0' })).toBeUndefined();
    expect(missedPython(failed('environment', 'build.unknown', 'It failed.', null), open)).toBeUndefined();
    expect(missedPython(new Error('stopped'), open)).toBeUndefined();
  });

  it('that fails too leads to no third, and both reasons are told', () => {
    const told = failedOnBoth(missing('3.13'), missing('3.9', 'tensorflow==2.10.0 is made for Python 3.9 only, and the app runs on 3.13.'), '3.11');
    expect(told).toBeInstanceOf(BuildFailed);
    expect((told as BuildFailed).failure).toEqual({
      code: 'build.python_mismatch', phase: 'environment', excerpt: null, message: 'tensorflow==2.10.0 is made for Python 3.9 only, and the app runs on 3.13.',
      hint: 'On Python 3.11 it fails too: numpy==2.5.5 needs Python >=3.12, and the app runs on 3.11. Ask for versions that were made for one and the same Python.',
    });
  });

  it('is remembered for what the environment is made from', () => {
    const plan = (requirements: string) => {
      const answer = planBuild({ files: new Map([['app.py', { size: 1, text: 'import streamlit' }], ['requirements.txt', { size: 1, text: requirements }]]) }, { entryFile: null, python: null, pythons: ['3.11', '3.13'], defaultPython: '3.11' });
      if (!answer.ok) throw new Error(answer.failure.message);
      return answer.plan;
    };
    const learnt = new LearntPythons();
    learnt.learn(plan('numpy==2.5.5'), '3.13');
    expect(learnt.of(plan('numpy==2.5.5'))).toBe('3.13');
    expect(learnt.of(plan('numpy==2.4.6'))).toBeUndefined();
  });
});
