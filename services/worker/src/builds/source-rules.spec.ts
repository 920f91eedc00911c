import { describe, expect, it } from 'vitest';
import { isLfsPointer, kindOf, linkTarget, pathProblem } from './source-rules.ts';

describe('a path of a repository', () => {
  it.each(['app.py', '🏠_Home.py', 'my app.py', 'a/b/c.txt', '.streamlit/config.toml', '.gitignore', '-x', '$(x).py'])('may be %j', (path) => {
    expect(pathProblem(path)).toBeUndefined();
  });

  it.each(['../x', '/etc/passwd', 'a/../../b', 'a//b', './a', '.git/config', 'a/.GIT/hooks/x', 'a\nb', 'a\0b', 'x'.repeat(256), `${'a/'.repeat(600)}b`, ''])('may not be %j', (path) => {
    expect(pathProblem(path)).toBeDefined();
  });
});

describe('a symlink of a repository', () => {
  it.each([['a/b.txt', '../c.txt', 'c.txt'], ['a', 'b/c', 'b/c'], ['a/b', '.', 'a']])('%s -> %s leads to %s', (path, target, to) => {
    expect(linkTarget(path, target)).toBe(to);
  });

  it.each([['a', '/etc/shadow'], ['a', '../x'], ['a/b', '../../x'], ['a', '.git/config'], ['a', ''], ['a/b', '..//../x'], ['a', 'x\ny']])('%s -> %j leads out and is refused', (path, target) => {
    expect(linkTarget(path, target)).toBeUndefined();
  });
});

it('knows modes that Git writes and no other', () => {
  expect(['100644', '100755', '120000', '160000', '040000', '100777', '104755', '020666'].map(kindOf)).toEqual(['file', 'script', 'link', 'submodule', undefined, undefined, undefined, undefined]);
});

it('knows an LFS pointer', () => {
  expect(isLfsPointer(Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'))).toBe(true);
  expect(isLfsPointer(Buffer.from('import streamlit'))).toBe(false);
});
