import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { desiredInstance, WorkerFixture } from './testing/worker-fixture.ts';

const UNAVAILABLE = { status: 'unavailable', reason: 'Permission denied' } as const;

describe('the fence around the apps of a host', () => {
  let worker: WorkerFixture;
  beforeEach(async () => {
    worker = await WorkerFixture.open();
  });
  afterEach(() => worker.close());

  const wanted = desiredInstance();
  const isHealthy = () => worker.feed.statuses(wanted.id).at(-1) === 'healthy';
  /** A worker that starts to this. */
  const restart = async (given: Partial<Pick<WorkerFixture, 'firewall' | 'flight' | 'trustTenants'>>) => {
    Object.assign(worker, given);
    await worker.restart();
    worker.feed.want([wanted]);
    await worker.pass(3000);
  };

  it.each([
    ['the canary escapes', 'firewall.leaks', { flight: { status: 'escaped', reached: ['10.0.0.1:22'] } }],
    ['the canary cannot be sent', 'firewall.untried', { flight: { status: 'untried', reason: 'no image' } }],
    ['there is no firewall', 'firewall.unavailable', { firewall: UNAVAILABLE }],
  ] as const)('lets no app start while %s, says so to operator and app, and starts it once it is mended', async (_, code, given) => {
    await restart(given);
    expect(worker.runtime.starts).toBe(0);
    expect(worker.problems).toEqual([code]);
    expect(worker.feed.reports.flatMap(({ warnings }) => warnings ?? [])).toEqual([expect.objectContaining({ code, message: expect.not.stringContaining('10.0.0.1') })]);
    Object.assign(worker, { firewall: { status: 'enforced', repaired: true }, flight: { status: 'held' } });
    await worker.until(isHealthy);
    expect(worker.problems).toEqual([]);
  });

  it('sends a canary at the start and whenever the firewall had to be repaired, and no app starts before it is back', async () => {
    worker.feed.want([wanted]);
    await worker.until(isHealthy);
    await worker.pass(60_000);
    expect(worker.flights).toBe(1);
    Object.assign(worker, { firewall: { status: 'enforced', repaired: true }, flight: { status: 'escaped', reached: ['10.0.0.1:22'] } });
    await worker.until(() => worker.problems.length > 0);
    expect(worker.flights).toBe(2);
    const next = desiredInstance();
    worker.feed.want([wanted, next]);
    await worker.pass(5000);
    expect(worker.runtime.starts).toBe(1);
    expect(isHealthy(), 'what ran runs on').toBe(true);
  });

  it('lets apps start without any proof where tenants are trusted, and says so for as long as it is', async () => {
    await restart({ firewall: UNAVAILABLE, trustTenants: true });
    await worker.until(isHealthy);
    await worker.pass(60_000);
    expect(worker.flights).toBe(1); // of the worker before
    expect(worker.problems).toEqual(['firewall.trusting']);
  });
});
