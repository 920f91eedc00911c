import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { GitRepositories } from './git-repositories.ts';

const MINUTE_MS = 60_000;

describe('the sweep of repositories', () => {
  let dataDir: string;
  const repositories = () => new GitRepositories({} as Sandboxes, { dataDir, image: 'none', examplesDir: undefined });
  const left = () => readdirSync(join(dataDir, 'git')).toSorted((a, b) => a.localeCompare(b));

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'weir-repositories-'));
    for (const name of ['app_kept.git', 'app_gone.git', 'app_gone.git.new']) mkdirSync(join(dataDir, 'git', name, 'refs'), { recursive: true });
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(dataDir, { recursive: true });
  });

  it('removes those of apps that are gone, and what was left half made', async () => {
    vi.useFakeTimers({ now: Date.now() + 11 * MINUTE_MS, toFake: ['Date'] });
    await repositories().keepOnly(new Set(['app_kept']));
    expect(left()).toEqual(['app_kept.git']);
  });

  it('spares one that may be younger than the list of apps', async () => {
    await repositories().keepOnly(new Set());
    expect(left()).toHaveLength(3);
  });

  it('has nothing to do before the first push', async () => {
    rmSync(join(dataDir, 'git'), { recursive: true });
    await expect(repositories().keepOnly(new Set())).resolves.toBeUndefined();
  });
});
