import type { Rows } from '@weir/database';
import { describe, expect, it } from 'vitest';
import { appView } from './app-view.ts';

const at = new Date(0);
const app: Rows.App = {
  id: 'app_1', workspaceId: 'wsp_1', hostname: 'sales', sourceKind: 'builtin', sourceUrl: null, example: null, branch: null, entryFile: null, python: null, memoryMib: 1, cpus: 1, pids: 1, replicas: 1, drainSeconds: 900, freezeAfter: 720, stopAfter: 1440, sleeping: 'awake', routeCursor: 0n,
  uid: 10_000, desired: 'running', releaseId: 'rel_1', secretsVersion: 0, lastDeployment: 1, lastRelease: 1, createdAt: at, updatedAt: at,
};
const instance = (id: string, changes: Partial<Rows.Instance>): Rows.Instance => ({
  id, appId: 'app_1', releaseId: 'rel_1', deploymentId: 'dep_1', slot: 0, desired: 'running', status: 'healthy', reason: null, attempt: 1, secretsVersion: null, restarts: 0, crashes: [], startAfter: null, container: null,
  address: null, sockets: 0, socketsAt: null, drainUntil: null, createdAt: at, startedAt: null, stoppedAt: null, ...changes,
});
const view = (instances: Rows.Instance[], changes: Partial<Rows.App> = {}, consoleUrl = 'http://console.localhost:8080') =>
  appView({ app: { ...app, ...changes }, release: undefined, deployment: undefined, instances, lastWords: 'MemoryError' }, { consoleUrl, appsDomain: 'localhost:8080' });

describe("an app's view", () => {
  it('stays live while a fresh instance starts beside the old one', () => {
    expect(view([instance('ins_2', { status: 'starting' }), instance('ins_1', {})]).status).toBe('live');
  });

  it('does not count an instance of another release, or one that is not wanted', () => {
    expect(view([instance('ins_2', { releaseId: 'rel_2' }), instance('ins_1', { status: 'starting' })]).status).toBe('starting');
    expect(view([instance('ins_1', { desired: 'draining' })]).status).toBe('starting');
  });

  it('is live while one of several instances serves, and crashed once all were given up', () => {
    expect(view([instance('ins_2', { status: 'crashed', reason: 'why' }), instance('ins_1', {})])).toMatchObject({ status: 'live', statusReason: null });
    expect(view([instance('ins_2', { status: 'crashed' }), instance('ins_1', { status: 'crashed' })]).status).toBe('crashed');
  });

  it('tells which slot each instance has', () => {
    expect(view([instance('ins_2', { slot: 1 }), instance('ins_1', {})]).instances.map(({ slot }) => slot)).toEqual([1, 0]);
  });

  it('says that it sleeps, and how deep; it starts until what was frozen answers again', () => {
    const frozen = instance('ins_1', { desired: 'frozen', status: 'frozen' });
    expect(view([frozen], { sleeping: 'frozen' })).toMatchObject({ status: 'asleep', sleeping: 'frozen' });
    expect(view([], { sleeping: 'stopped' })).toMatchObject({ status: 'asleep', sleeping: 'stopped' });
    expect(view([{ ...frozen, desired: 'running' }]).status).toBe('starting');
  });

  it('says why it crashed, and what it wrote last', () => {
    expect(view([instance('ins_1', { status: 'crashed', reason: 'out of memory' })])).toMatchObject({ status: 'crashed', statusReason: 'out of memory', lastWords: 'MemoryError' });
    expect(view([instance('ins_2', { status: 'crashed' }), instance('ins_1', {})]).lastWords).toBeNull();
  });

  it("has an address with the console's scheme", () => {
    expect(view([]).url).toBe('http://sales.localhost:8080');
    expect(view([], {}, 'https://console.example.org').url).toBe('https://sales.localhost:8080');
  });
});
