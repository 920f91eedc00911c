import { describe, expect, it } from 'vitest';
import { IMPORTS_PKG_RESOURCES, undeclared } from './index.ts';

const AT = 'lib/python3.9/site-packages';

describe('an environment without setuptools', () => {
  it('gets one that has pkg_resources where a package imports that', () => {
    expect(undeclared('prophet==1.1.1\n', [`${AT}/prophet/models.py`, `${AT}/prophet/plot.py`, `${AT}/webrtcvad.py`])).toEqual({
      requirements: ['setuptools<81'], notes: ['setuptools<81 is installed too: pkg_resources is imported by prophet and webrtcvad, and nothing asks for it.'],
    });
  });

  it('gets nothing where none does', () => {
    expect(undeclared('pandas==2.0.0\n', []).requirements).toEqual([]);
  });
});

describe('an environment with setuptools', () => {
  it.each(['setuptools==75.0.0\nprophet==1.1.1\n', 'prophet==1.1.1\nsetuptools @ file:///wheels/setuptools.whl\n'])('is left alone: %j', (lock) => {
    expect(undeclared(lock, [`${AT}/prophet/models.py`, `${AT}/pkg_resources/extern.py`]).requirements).toEqual([]);
  });
});

describe('an import that needs it', () => {
  it.each([['import pkg_resources', true], ['from pkg_resources import parse_version', true], ['    import pkg_resources', false], ['# import pkg_resources', false]])('is told from others: %j is one: %s', (line, is) => {
    expect(new RegExp(IMPORTS_PKG_RESOURCES).test(line)).toBe(is);
  });
});
