import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classifySource } from './classify-source.ts';
import { isSameSource } from './same-source.ts';

const settings = { branch: undefined, entryFile: undefined };

describe('the source of a deploy', () => {
  it.each(['https://example.org/a/b.git', 'http://127.0.0.1:80/x', 'ssh://git@host/x', 'git@host:a/b.git', 'file:///etc'])('is a repository: %s', (url) => {
    expect(classifySource(url)).toEqual({ kind: 'git', url });
  });

  it('is a folder that exists, before an app of that name', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'weir-cli-')), 'hello');
    mkdirSync(folder);
    expect(classifySource(folder)).toEqual({ kind: 'folder', path: folder });
    expect(classifySource('hello')).toEqual({ kind: 'app', app: 'hello' });
  });

  it('is refused if it is neither', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'weir-cli-')), 'hello');
    writeFileSync(file, '');
    for (const text of [file, ';touch x', '$(x)', '--upload-pack=x', '../none', 'a\nb', 'a\0b', 'x'.repeat(300), '']) expect(() => classifySource(text)).toThrow('is no Git URL');
  });
});

describe('two sources', () => {
  it.each([['https://h/a', 'https://h/a.git', true], ['https://H/a/', 'https://h/a', true], ['https://h/a', 'https://h/b', false]])('%s and %s are the same: %s', (one, other, same) => {
    expect(isSameSource({ kind: 'git', url: one, branch: null, entryFile: null }, { kind: 'git', url: other, ...settings })).toBe(same);
  });

  it('are the same when both are the built-in remote, and never across kinds', () => {
    const builtin = { kind: 'builtin', example: null, branch: 'main', entryFile: null } as const;
    expect(isSameSource(builtin, { kind: 'builtin', ...settings })).toBe(true);
    expect(isSameSource(builtin, { kind: 'git', url: 'https://h/a', ...settings })).toBe(false);
  });
});
