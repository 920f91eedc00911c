import { describe, expect, it } from 'vitest';
import { resultOf, describeResult } from './deploy/finish-deploy.ts';
import { buildProgram } from './program.ts';
import type { AppView, DeploymentView } from '@weir/contracts';

describe('the command', () => {
  it('has every command of the contract', () => {
    const names = buildProgram().commands.map((command) => command.name());
    expect(names).toEqual(expect.arrayContaining(['up', 'down', 'status', 'deploy', 'redeploy', 'stop', 'start', 'reboot', 'delete', 'apps', 'app', 'deployments', 'releases', 'rollback', 'logs', 'secrets', 'signin-link', 'open', 'version', 'test', 'cancel', 'scale', 'sleep', 'wake', 'set', 'check', 'python']));
  });

  it('takes --data-dir, --url and --json wherever it talks to a platform', () => {
    const secrets = buildProgram().commands.find((command) => command.name() === 'secrets')?.commands ?? [];
    for (const name of ['deploy', 'stop', 'apps', 'logs', 'scale', 'sleep', 'set', 'rollback']) expect(buildProgram().commands.find((command) => command.name() === name)?.options.map((option) => option.long)).toEqual(expect.arrayContaining(['--data-dir', '--url', '--json']));
    expect(secrets.map((command) => command.name())).toEqual(['set', 'list']);
  });
});

describe('the result of a deploy', () => {
  const app = { id: 'app_1', hostname: 'hello', url: 'http://hello.localhost:8080' } as unknown as AppView;
  const failed = { id: 'dep_1', status: 'failed', release: null, commit: null, phases: { queued: 5 }, warnings: [], failure: { code: 'build.package_not_found', phase: 'environment', message: 'There is no package nope.', hint: 'Check its name.', excerpt: 'no match\nfor nope' } } as unknown as DeploymentView;

  it('has every field of the contract, also when it failed', () => {
    expect(Object.keys(resultOf(app, failed, []))).toEqual(['app', 'hostname', 'url', 'deployment', 'release', 'status', 'commit', 'failure', 'phases', 'warnings']);
  });

  it('tells people what failed, the lines that show it, and what to do', () => {
    expect(describeResult(resultOf(app, failed, []), failed)).toBe('\nThe deployment of hello failed in the phase environment: There is no package nope.\n  no match\n  for nope\nCheck its name.\n(build.package_not_found)');
  });

  it.each([
    [{ setting: 'python', value: '3.11' }, '\nTo do so: ./weir deploy hello --python 3.11\n'],
    [{ setting: 'entryFile', value: "it's.py" }, String.raw`\nTo do so: ./weir deploy hello --entry 'it'\''s.py'\n`.replaceAll(String.raw`\n`, '\n')],
    [{ setting: 'memoryMib', value: 1024 }, '\nCheck its name.\n(build'],
  ] as const)('tells the command for a fix that is a setting: %o', (fix, said) => {
    const view = { ...failed, failure: { ...failed.failure, fix } } as DeploymentView;
    expect(describeResult(resultOf(app, view, []), view)).toContain(said);
  });
});
