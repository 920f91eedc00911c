import { describe, expect, it } from 'vitest';
import { plainPath } from './plain-path.ts';

describe('a plain path', () => {
  it.each([
    ['/', '/'],
    ['/?x=/a', '/'],
    ['/a/b?c', '/a/b'],
    ['/a//b//', '/a/b'],
    ['/%5fweir/tab', '/_weir/tab'],
    ['/%255fweir', '/%5fweir'],
    ['/a%2fb#c', '/a/b'],
    ['/%zz', '/%zz'],
  ])('of %s is %s', (target, path) => expect(plainPath(target)).toBe(path));
});
