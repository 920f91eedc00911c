import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/read.ts';
import { planOf } from './fixtures/plan-of.ts';
import { explainFailure, type FailureFacts } from './index.ts';

const explained = (over: Partial<FailureFacts>) => explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log: [], plan: planOf({ 'requirements.txt': 'numpy==1.26.4\nnumpy==1.25.0' }, '3.11'), ...over });
const built = (...said: string[]): string[] => ['error: Failed to build `thing==1.0`', '  cause: The build backend returned an error', ...said.map((line) => `         ${line}`), '', 'hint: Build failures usually indicate a problem with the package or the build environment'];

describe('a limit that was hit', () => {
  const allowed = { memoryMib: 4096, diskMib: 8192, seconds: 900 };

  it('explains the failure, whatever its log says', () => {
    const log = fixture('uv/conflict-direct');
    expect(explained({ log, oom: true, allowed }).message).toBe('The build used more than the 4 GiB of memory it may.');
    expect(explained({ log, timedOut: true, allowed }).message).toBe('The build took longer than the 15 minutes it may.');
  });

  it('names the package that was being built', () => {
    const log = ['Resolved 1 package in 450ms', '   Building numpy==1.19.5'];
    expect(explained({ log, timedOut: true, allowed }).message).toBe('The build took longer than the 15 minutes it may while building numpy==1.19.5 from source.');
    expect(explained({ log, oom: true, allowed }).message).toBe('The build used more than the 4 GiB of memory it may while it built numpy==1.19.5 from source.');
    expect(explained({ log: [...log, '      Built numpy==1.19.5'], timedOut: true }).message).toBe('The build took longer than it may.');
  });

  it('says nothing of other releases where the package is the repository’s own', () => {
    const log = ['error: The build backend returned an error', '  cause: Call to `setuptools.build_meta.build_wheel` failed (signal: 9)'];
    expect(explained({ log, oom: true, allowed })).toMatchObject({ message: 'The build used more than the 4 GiB of memory it may.', hint: 'A package is probably compiled from source: take versions that have wheels, or ask the operator for more build memory.' });
  });

  it('of the disk is said with its size', () => {
    expect(explained({ log: fixture('uv/disk-full'), allowed }).message).toBe('The build ran out of disk space: it may use 8 GiB.');
  });

  it('is seen where a compiler was killed for it', () => {
    expect(explained({ log: built('gcc -c big.c', 'gcc: fatal error: Killed signal terminated program cc1', 'compilation terminated.', "error: command '/usr/bin/gcc' failed with exit code 1") }).message).toBe('Building thing==1.0 (requirements.txt) from source needs more memory than a build may use.');
  });
});

describe('a log that looks like another failure', () => {
  it('does not blame memory for a word that a package printed', () => {
    expect(explained({ log: built('note: tests that need 64 GiB raise MemoryError', 'src/thing.c:1:10: fatal error: sql.h: No such file or directory', 'compilation terminated.', "error: command '/usr/bin/gcc' failed with exit code 1") }).code).toBe('build.compiler_missing');
    expect(explained({ log: ['MemoryError', 'std::bad_alloc', 'Cannot allocate memory'] }).code).toBe('build.unknown');
  });

  it('does not blame the disk for a word that a package printed', () => {
    expect(explained({ log: built('warning: No space left on device is handled', "ValueError: invalid literal for int() with base 10: 'x'") })).toMatchObject({ code: 'build.package_build_failed', message: "thing==1.0 (requirements.txt) could not be built from source: ValueError: invalid literal for int() with base 10: 'x'." });
    expect(explained({ log: ['the tool says: No space left on device'] }).code).toBe('build.unknown');
  });

  it('does not blame a header that was only probed for', () => {
    const probes = ['conftest.c:1:10: fatal error: xlocale.h: No such file or directory', 'compilation terminated.', ...Array.from({ length: 20 }, (_, i) => `checking thing ${i}... yes`)];
    expect(explained({ log: built(...probes, 'TypeError: setup() got an unexpected keyword argument') })).toMatchObject({ code: 'build.package_build_failed', message: expect.stringContaining('TypeError') });
    expect(explained({ log: built('conftest.c:1:10: fatal error: xlocale.h: No such file or directory', "KeyError: 'x'") }).code).toBe('build.package_build_failed');
  });

  it('does not blame the index for what the build of a package could not reach', () => {
    expect(explained({ log: built('urllib.error.URLError: <urlopen error [Errno 111] Connection refused>') }).code).toBe('build.package_build_failed');
  });

  it('does not call a package missing because apt has no lists', () => {
    expect(explained({ log: fixture('apt/offline') }).code).toBe('build.index_unreachable');
  });

  it('names no pair that some version would meet', () => {
    const log = ['error: No solution found when resolving dependencies', '  cause: Because a==1 depends on numpy>=1.20 and b==1 depends on numpy>=1.21, we can conclude that a==1 and b==1 are incompatible.', '         And because you require a==1 and b==1, we can conclude that your requirements are unsatisfiable.'];
    expect(explained({ log }).message).toBe('No set of versions meets a==1 (requirements.txt) and b==1 (requirements.txt) together.');
  });
});

describe('a log', () => {
  const sentence = explained({ log: fixture('uv/conflict-direct') }).message;

  it.each([
    ['with colours', (line: string) => `\u001b[1;31m${line}\u001b[0m`],
    ['with line ends of Windows', (line: string) => `${line}\r`],
    ['that was redrawn in place', (line: string) => `⠙ Resolving dependencies...\r${line}`],
  ])('%s is read as if it were plain', (_, drawn) => {
    expect(explained({ log: fixture('uv/conflict-direct').map(drawn) })).toMatchObject({ message: sentence, excerpt: expect.not.stringMatching(/[\u001b\r]/) });
  });

  it('with box drawing of other uv versions is read', () => {
    const log = ['  × No solution found when resolving dependencies:', '  ╰─▶ Because nosuch was not found in the package registry and you require nosuch, we can', '      conclude that your requirements are unsatisfiable.'];
    expect(explained({ log }).message).toBe('There is no package “nosuch” (requirements.txt).');
  });

  it('with very long lines is read in a moment, and cut in the excerpt', () => {
    const started = performance.now();
    const failure = explained({ log: ['x'.repeat(1_000_000), `error: ${'No such '.repeat(100_000)}`, '"'.repeat(300_000)] });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(failure).toMatchObject({ code: 'build.unknown' });
    expect(failure.excerpt?.length).toBeLessThanOrEqual(4000);
  });

  it.each(['uv/header-missing', 'uv/loose', 'uv/tf311', 'serve/port-taken', 'git/tls', 'apt/two'])('that was cut anywhere (%s) is explained all the same', (name) => {
    const log = fixture(name);
    for (let lines = 0; lines <= log.length; lines++) {
      const failure = explained({ log: log.slice(lines), phase: name.startsWith('git') ? 'fetch' : name.startsWith('serve') ? 'start' : 'environment' });
      expect(failure.message).toMatch(/\S\.$/);
      expect(failure.message).not.toMatch(/undefined|null|NaN/);
    }
  });

  it('that says nothing is honestly said to say nothing', () => {
    expect(explained({ log: ['something odd'], exitCode: 7 })).toEqual({ code: 'build.unknown', phase: 'environment', message: 'The step “environment” ended with exit code 7, and the log does not say why.', hint: 'Read the last lines of the log; deploy again if they do not point at the repository.', excerpt: 'something odd' });
  });
});

describe('names that every object of JavaScript has', () => {
  const FRAME = ['Traceback (most recent call last):', '  File "/app/app.py", line 1, in <module>'];

  it.each(['constructor', 'toString', '__proto__'])('%s is explained in words, wherever it stands', (name) => {
    const logs = [
      ['start', [...FRAME, `ModuleNotFoundError: No module named '${name}'`]],
      ['start', [...FRAME, `AttributeError: module 'streamlit' has no attribute '${name}'`]],
      ['environment', ['  × No solution found when resolving dependencies:', `  ╰─▶ Because ${name} was not found in the package registry and you require ${name}, we can conclude that your requirements are unsatisfiable.`]],
      ['environment', [`  × Failed to build \`${name}==1.0\``, '  ├─▶ The build backend returned an error', '      [stderr]', '      Error: pg_config executable not found.']],
    ] as const;
    for (const [phase, log] of logs) {
      const { hint } = explainFailure({ phase, exitCode: 1, signal: null, oom: false, timedOut: false, log, plan: null });
      expect(hint).toBeTypeOf('string');
      expect(hint).not.toMatch(/native code|\[object/);
    }
  });
});
