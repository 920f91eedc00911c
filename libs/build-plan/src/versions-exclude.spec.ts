import { describe, expect, it } from 'vitest';
import { excludeEachOther } from './versions-exclude.ts';

describe('two requirements of one package', () => {
  it.each([
    ['numpy==1.26.4', 'numpy==1.25.0'], ['numpy<1.20', 'numpy>=1.23.2'], ['numpy>=2', 'numpy<2'], ['protobuf>=3.12,<4', 'protobuf>=5.26.1,<6.0.dev0'], ['x[all]~=1.4.2', 'x>=1.5'],
    ['x==1.*', 'x>=2.0'], ['x>1', 'x<=1'], ['x==1.0', 'x==1.0.1'], ['x<1', 'x>1'],
  ])('cannot both be met: %s and %s', (a, b) => {
    expect([excludeEachOther(a, b), excludeEachOther(b, a)]).toEqual([true, true]);
  });

  it.each([
    ['numpy>=1.26.0', 'numpy>=2.0.2'], ['numpy==1.26.4', 'numpy>=1.20,<2'], ['x==1.0', 'x==1.0.0'], ['x~=1.4', 'x>=1.9'], ['x==1.4.*', 'x==1.4.7'], ['x!=1', 'x==1.0'], ['x', 'x==1'], ['x<=1', 'x>=1'], ['x @ https://a.example/x.whl', 'x==1'],
  ])('may both be met, or nobody knows: %s and %s', (a, b) => {
    expect([excludeEachOther(a, b), excludeEachOther(b, a)]).toEqual([false, false]);
  });
});
