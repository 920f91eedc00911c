import { describe, expect, it } from 'vitest';
import { becauseAbsent } from './absent-files.ts';
import { fixture } from './fixtures/read.ts';
import { explainFailure } from './index.ts';

const absent = { lfs: ['thing-1.0-py3-none-any.whl', 'requirements.txt', 'data.csv'], submodules: ['vendor/lib'] };
const failed = (name: string) => explainFailure({ phase: 'environment', exitCode: 2, signal: null, oom: false, timedOut: false, log: fixture(`uv/${name}`), plan: null });
const failure = (message: string, excerpt: string | null = null) => ({ code: 'build.unknown', phase: 'plan', message, hint: null, excerpt }) as const;

describe('a failure on a file that the commit only points to', () => {
  it('names the file of Git LFS', () => {
    expect(becauseAbsent(failed('lfs-wheel'), absent)).toMatchObject({ code: 'source.lfs', phase: 'environment', message: 'thing-1.0-py3-none-any.whl is kept in Git LFS, which is not fetched: only its pointer was there to build from.' });
    expect(becauseAbsent(failure('Line 1 of requirements.txt cannot be read: there is more than one word.'), absent)).toMatchObject({ code: 'source.lfs', message: expect.stringMatching(/^requirements\.txt is/) });
  });

  it('names the submodule', () => {
    expect(becauseAbsent(failed('submodule-package'), absent)).toMatchObject({ code: 'source.submodules', message: 'vendor/lib is a submodule, which is not fetched: its folder was empty.' });
    expect(becauseAbsent(failure('The repository has no vendor/lib/app.py.'), absent).code).toBe('source.submodules');
  });

  it('is left as it is where such files are only there', () => {
    for (const other of [failed('typo'), failed('header-missing'), failure('The repository has no vendor/library.py.'), failure('my-data.csv is odd.'), failure('data.csv.py line 3: invalid syntax.'), failure('odd', 'reading data.csv\nBoom')]) expect(becauseAbsent(other, { ...absent, lfs: ['data.csv'] })).toBe(other);
  });
});
