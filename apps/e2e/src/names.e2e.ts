import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppPage } from './support/app-page.ts';
import { openBrowser } from './support/browser.ts';
import { WorkTree } from './support/git.ts';
import { installation, publish } from './support/shared.ts';

const app = (title: string): Record<string, string> => ({ 'requirements.txt': 'streamlit>=1.40,<2\n', [`${title}.py`]: `import streamlit as st\nst.title(${JSON.stringify(`Here is ${title}`)})\n` });

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function deploy(hostname: string, title: string, ...options: string[]): Promise<string> {
  const { url } = await installation.deploy(...options, '--hostname', hostname, '--entry', `${title}.py`);
  const page = await AppPage.open(browser, url, 'Here is');
  return page.text();
}

describe('an odd name', () => {
  it('of an entry file and of a branch, on a Git host, is only a name', async () => {
    const tree = await WorkTree.create(app('🏠_Home'));
    await tree.git('checkout', '--quiet', '-b', 'größe/修正');
    expect(await deploy('emoji', '🏠_Home', await publish(tree, 'emoji'), '--branch', 'größe/修正')).toContain('Here is 🏠_Home');
  });

  it('of an entry file with a space, in a folder and on a branch that is pushed, is only a name', async () => {
    const tree = await WorkTree.create(app('my app'));
    await tree.git('checkout', '--quiet', '-b', 'größe/修正');
    expect(await deploy('space', 'my app', tree.folder)).toContain('Here is my app');
  });
});

describe('a hostile name', () => {
  const canary = join(mkdtempSync(join(tmpdir(), 'weir-canary-')), 'touched');

  it.each([
    ['a branch that is an option', ['examples/hello', '--branch', `--upload-pack=touch ${canary}`]],
    ['an entry file outside', ['examples/hello', '--entry', '../../../../etc/app.py']],
    ['a repository that is a command', [`https://example.org/$(touch ${canary})`]],
    ['a transport that is a command', [`ext::sh -c touch% ${canary}`]],
    ['a hostname that is a command', ['examples/hello', '--hostname', `a;touch ${canary}`]],
  ])('is refused with exit code 2: %s', async (_, args) => {
    const { code } = await installation.weir('deploy', ...args, '--json');
    expect(code).toBe(2);
    expect(existsSync(canary)).toBe(false);
  });
});
