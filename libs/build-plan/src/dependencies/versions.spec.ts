import { describe, expect, it } from 'vitest';
import { staysBelow } from '../version-range.ts';
import { meaningOf } from './conda-names.ts';
import { readCondaSpec } from './conda-spec.ts';
import { poetryVersions, pythonMarker } from './poetry-versions.ts';

describe('a version as Poetry writes it', () => {
  it.each([
    ['*', ''], ['', ''], ['1.2.3', '==1.2.3'], ['1.2.*', '==1.2.*'], ['^1.2.3', '>=1.2.3,<2'], ['^0.2.3', '>=0.2.3,<0.3'], ['^0.0.3', '>=0.0.3,<0.0.4'], ['^0', '>=0,<1'], ['^1', '>=1,<2'],
    ['~1.2.3', '>=1.2.3,<1.3'], ['~1.2', '>=1.2,<1.3'], ['~1', '>=1,<2'], ['~=1.2', '~=1.2'], ['>= 1.2 , < 2', '>=1.2,<2'], ['>=1.2 <2', '>=1.2,<2'], ['!=1.3', '!=1.3'], ['<2 || ^3.1', '>=3.1,<4'], ['^2.0b1', '>=2.0b1,<3'],
  ])('%j is %j', (written, versions) => {
    expect(poetryVersions(written)).toBe(versions);
  });

  it.each([['^3.9', 'python_version >= "3.9" and python_version < "4"'], ['<3.11.4', 'python_full_version < "3.11.4"'], ['3.9.*', 'python_version == "3.9"'], ['*', '']])('of Python, %j, is the marker %j', (written, marker) => {
    expect(pythonMarker(written)).toBe(marker);
  });
});

describe('a line of conda', () => {
  it.each([
    ['numpy', 'numpy', ''], ['numpy=1.21', 'numpy', '==1.21.*'], ['numpy==1.21', 'numpy', '==1.21'], ['numpy=1.21.0=py39h1234_0', 'numpy', '==1.21.0'], ['numpy 1.21', 'numpy', '==1.21.*'], ['numpy 1.21.0 py39_0', 'numpy', '==1.21.0'], ['numpy=1.*', 'numpy', '==1.*'],
    ['numpy>=1.2,<2', 'numpy', '>=1.2,<2'], ['numpy >=1.2', 'numpy', '>=1.2'], ['numpy=1.20|1.21', 'numpy', '==1.21.*'], ['numpy=*', 'numpy', ''], ['conda-forge::numpy=1.2', 'numpy', '==1.2.*'], ['conda-forge/linux-64::numpy', 'numpy', ''], ["numpy[version='>=1.2,<2']", 'numpy', '>=1.2,<2'], ['_libgcc_mutex=0.1=main', '_libgcc_mutex', '==0.1'],
  ])('%j is %s at %j', (line, name, versions) => {
    expect(readCondaSpec(line)).toEqual({ name, versions });
  });

  it.each([['librosa', 'pypi', 'librosa'], ['libgcc-ng', 'part', 'libgcc-ng'], ['typing_extensions', 'pypi', 'typing-extensions'], ['attr', 'part', 'attr'], ['rasterio', 'pypi', 'rasterio'], ['r-ggplot2', 'foreign', 'r-ggplot2'], ['poppler', 'debian', 'poppler-utils']])('%s means %s: %s', (conda, kind, name) => {
    expect(meaningOf(conda)).toEqual({ kind, name });
  });
});

describe('a range', () => {
  it.each([
    ['==1.12.0', true], ['===1.12', true], ['==1.*', false], ['==1.12.*', true], ['<1.20', true], ['<=1.19', true], ['<=1.20', false], ['>=1.5,<1.20', true], ['~=1.12.0', true], ['~=1.12', false], ['>=1.0', false], ['', false], ['!=1.20', false], ['==1.12||==1.40', false], ['==1.12||==1.13', true], ['@ git+https://example.org/s.git@1.12', false],
  ])('%j stays below 1.20: %s', (range, stays) => {
    expect(staysBelow(range, '1.20')).toBe(stays);
  });
});
