import { describe, expect, it } from 'vitest';
import { appStatus } from './instance.ts';

describe('the status of an app that never was live', () => {
  it.each([
    [undefined, 'new'], ['queued', 'deploying'], ['building', 'deploying'], ['starting', 'deploying'], ['failed', 'failed'], ['cancelled', 'cancelled'],
  ] as const)('after a deployment that is %s it is %s', (latestDeployment, status) => {
    for (const desired of ['running', 'stopped'] as const) expect(appStatus({ desired, sleep: 'awake', latestDeployment, instance: 'none', hasRelease: false })).toBe(status);
  });
});

describe('the status of an app with a release', () => {
  it('is not that of a later deployment', () => {
    for (const latestDeployment of ['failed', 'cancelled', 'building'] as const) expect(appStatus({ desired: 'running', sleep: 'awake', latestDeployment, instance: 'healthy', hasRelease: true })).toBe('live');
  });
});
