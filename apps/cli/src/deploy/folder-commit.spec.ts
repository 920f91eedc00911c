import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commitOfFolder } from './folder-commit.ts';
import { sentenceOf } from './push-commit.ts';

let root: string;
const git = (...args: string[]): string => execFileSync('git', ['-C', root, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
const write = (path: string, text = 'x\n'): void => writeFileSync(join(root, path), text);

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'weir-cli-')));
});

/** A repository with an app at its root and another in `apps/my app`. */
function repository(): void {
  git('init', '--quiet', '--initial-branch', 'trunk');
  mkdirSync(join(root, 'apps/my app'), { recursive: true });
  write('top.py');
  write('apps/my app/🏠_Home.py');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'First\n\nwith a body');
}

describe('a folder at the root of its repository', () => {
  beforeEach(repository);

  it('sends its commit as it is', async () => {
    expect(await commitOfFolder(root, undefined)).toEqual({ commit: git('rev-parse', 'HEAD'), branch: 'trunk', warnings: [] });
  });

  it('sends the local branch that was asked for', async () => {
    git('branch', 'other');
    write('later.py');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Later');
    expect(await commitOfFolder(root, 'other')).toMatchObject({ commit: git('rev-parse', 'other'), branch: 'other' });
    await expect(commitOfFolder(root, 'none')).rejects.toThrow('no local branch "none"');
    await expect(commitOfFolder(root, '--output=x')).rejects.toThrow('no local branch');
  });

  it('names what is not committed', async () => {
    write('top.py', 'changed\n');
    write('new é.py');
    const { warnings } = await commitOfFolder(root, undefined);
    expect(warnings).toMatchObject([{ code: 'source.uncommitted', excerpt: '  top.py\n  new é.py' }]);
  });
});

describe('a folder inside a larger repository', () => {
  beforeEach(repository);

  it('sends its own tree alone, without a past, and always as the same commit', async () => {
    const folder = join(root, 'apps/my app');
    const { commit, branch } = await commitOfFolder(folder, undefined);
    expect(git('-c', 'core.quotePath=false', 'ls-tree', '-r', '--name-only', commit)).toBe('🏠_Home.py');
    expect(git('show', '--no-patch', '--format=%P|%an|%ae|%B', commit)).toBe('|Ada|ada@example.org|First\n\nwith a body');
    expect(git('show', '--no-patch', '--format=%at %ct', commit)).toBe(git('show', '--no-patch', '--format=%at %ct', 'HEAD'));
    expect(branch).toBe('trunk');
    expect((await commitOfFolder(folder, undefined)).commit).toBe(commit);
  });

  it('names only its own changes', async () => {
    write('top.py', 'changed\n');
    write('apps/my app/new.py');
    const { warnings } = await commitOfFolder(join(root, 'apps/my app'), undefined);
    expect(warnings).toMatchObject([{ excerpt: '  new.py' }]);
  });

  it('is refused while nothing of it is committed', async () => {
    mkdirSync(join(root, 'fresh'));
    write('fresh/app.py');
    await expect(commitOfFolder(join(root, 'fresh'), undefined)).rejects.toThrow(/Nothing of .*fresh is committed[^]*git -C [^]*git -C/);
  });
});

describe('a folder that has nothing to send', () => {
  it('is told how to become a repository, with two commands', async () => {
    await expect(commitOfFolder(root, undefined)).rejects.toThrow(/in no Git repository[^]*git init [^]*git -C .* commit/);
  });

  it('is told how to make a first commit', async () => {
    git('init', '--quiet');
    await expect(commitOfFolder(root, undefined)).rejects.toThrow(/no commit yet[^]*add --all[^]*commit/);
  });
});

describe('a refused push', () => {
  it.each([
    ['remote: The push is larger than 500 MB.        \nTo http://x\n ! [remote rejected] a -> b (pre-receive hook declined)', 'The push was refused: The push is larger than 500 MB.'],
    ["fatal: unable to access 'http://x': Failed to connect", "The push was refused: fatal: unable to access 'http://x': Failed to connect"],
    ['', 'The push was refused: Git gave no reason.'],
  ])('is told in a sentence', (stderr, sentence) => {
    expect(sentenceOf(stderr)).toBe(sentence);
  });
});
