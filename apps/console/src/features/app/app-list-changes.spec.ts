import type { AppView, DeploymentView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { filterApps } from './app-filter.ts';
import { changeApps, withDeployment } from './app-list-changes.ts';

const deployment = (number: number, rest: Partial<DeploymentView> = {}): DeploymentView => ({ id: `dep_${number}`, app: 'app_a', number, status: 'live', commitMessage: null, ...rest }) as DeploymentView;
const app = (name: string, rest: Partial<AppView> = {}): AppView =>
  ({ id: `app_${name}`, hostname: name, status: 'live', source: { kind: 'git', url: `https://git.example.org/acme/${name}`, branch: null, entryFile: null }, deployment: null, ...rest }) as AppView;

describe('the list of apps', () => {
  const apps = [app('a'), app('b')];

  it('takes a change in its place and a new app at its top', () => {
    const changed = changeApps(changeApps(apps, { event: 'app', data: app('b', { status: 'stopped' }) }), { event: 'app', data: app('c') });
    expect(changed.map(({ hostname, status }) => `${hostname} ${status}`)).toEqual(['c live', 'a live', 'b stopped']);
  });

  it('loses a deleted app', () => {
    expect(changeApps(apps, { event: 'app-deleted', data: { id: 'app_a' } }).map(({ hostname }) => hostname)).toEqual(['b']);
  });

  it('is not set back by news of an older deployment', () => {
    const newest = app('a', { deployment: deployment(7) });
    expect(withDeployment(newest, deployment(6, { status: 'superseded' })).deployment?.number).toBe(7);
    expect(withDeployment(newest, deployment(8)).deployment?.number).toBe(8);
  });
});

describe('a search in the list', () => {
  const apps = [app('sales'), app('churn', { status: 'crashed' }), app('ops', { deployment: deployment(2, { status: 'failed', commitMessage: 'Add sales chart' }) })];

  it('finds every word in address, source or newest commit', () => {
    expect(filterApps(apps, 'SALES', 'all').map(({ hostname }) => hostname)).toEqual(['sales', 'ops']);
    expect(filterApps(apps, 'chart sales', 'all').map(({ hostname }) => hostname)).toEqual(['ops']);
  });

  it('counts a live app whose newest deployment failed as needing attention', () => {
    expect(filterApps(apps, '', 'attention').map(({ hostname }) => hostname)).toEqual(['churn', 'ops']);
  });
});
