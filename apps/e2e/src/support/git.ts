import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execute } from './weir.ts';

const IDENTITY = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.org', GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.org', GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1' };

/** A repository in a new folder, with `main` as its branch. */
export class WorkTree {
  private constructor(readonly folder: string) {}

  static async create(files: Readonly<Record<string, string | Uint8Array>>, message = 'First'): Promise<WorkTree> {
    const tree = new WorkTree(mkdtempSync(join(tmpdir(), 'weir-repository-')));
    await tree.git('init', '--quiet', '--initial-branch=main');
    await tree.commit(files, message);
    return tree;
  }

  async git(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await execute('git', args, { cwd: this.folder, env: IDENTITY });
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return `${stdout}${stderr}`;
  }

  /** Writes files, commits them, and gives the commit. */
  async commit(files: Readonly<Record<string, string | Uint8Array>>, message: string): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), content);
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', message);
    return (await this.git('rev-parse', 'HEAD')).trim();
  }
}
