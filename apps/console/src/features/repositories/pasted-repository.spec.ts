import { describe, expect, it } from 'vitest';
import { parsePasted, splitBranch } from './pasted-repository.ts';

const app = 'https://github.com/acme/app';

describe('a pasted text', () => {
  it.each([
    [app, { url: app }],
    [`  ${app}/  `, { url: app }],
    ['github.com/acme/app', { url: app }],
    ['acme/app', { url: app }],
    ['git@github.com:acme/app.git', { url: app }],
    ['ssh://git@git.example.org:2222/acme/app.git', { url: 'https://git.example.org/acme/app' }],
    ['git clone https://git.example.org/x/app.git', { url: 'https://git.example.org/x/app.git' }],
    ['http://127.0.0.1:9000/sales.git', { url: 'http://127.0.0.1:9000/sales.git' }],
  ])('names a repository: %s', (text, expected) => {
    expect(parsePasted(text)).toEqual(expected);
  });

  it.each([
    [`${app}/blob/main/pages/app.py`, app, 'main/pages/app.py'],
    [`${app}/tree/feature/x`, app, 'feature/x'],
    ['https://raw.githubusercontent.com/acme/app/refs/heads/main/app.py', app, 'main/app.py'],
    ['https://gitlab.example.org/a/b/c/-/blob/main/app.py', 'https://gitlab.example.org/a/b/c', 'main/app.py'],
    ['https://codeberg.org/acme/app/src/branch/main/app.py', 'https://codeberg.org/acme/app', 'main/app.py'],
    ['https://bitbucket.org/acme/app/src/main/app.py', 'https://bitbucket.org/acme/app', 'main/app.py'],
    [`${app}/blob/main/%F0%9F%8F%A0_Home.py`, app, 'main/🏠_Home.py'],
  ])('names a branch and a file: %s', (text, url, branchAndPath) => {
    expect(parsePasted(text)).toEqual({ url, branchAndPath });
  });

  it('may be a deploy link', () => {
    expect(parsePasted('https://share.streamlit.io/deploy?repository=acme/app&branch=dev&mainModule=src/app.py')).toEqual({ url: app, branch: 'dev', entryFile: 'src/app.py' });
  });

  it.each(['', 'hello', 'ftp://x.org/a', 'https://', 'two words/x', 'javascript:alert(1)', 'https://github.com/%/x'])('may say nothing: %s', (text) => {
    expect(parsePasted(text)).toBeUndefined();
  });
});

describe('a branch and a path in one', () => {
  it('are parted by the branches that exist, the longest first', () => {
    expect(splitBranch('feature/x/app.py', ['feature', 'feature/x', 'main'])).toEqual({ branch: 'feature/x', path: 'app.py' });
  });

  it('are parted at the first slash where no branch fits', () => {
    expect(splitBranch('main/app.py', [])).toEqual({ branch: 'main', path: 'app.py' });
    expect(splitBranch('main', ['main'])).toEqual({ branch: 'main', path: '' });
  });
});
