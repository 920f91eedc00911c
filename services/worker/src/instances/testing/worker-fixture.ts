import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainFailure } from '@weir/build-plan';
import { InMemoryRuntime } from '@weir/container-runtime';
import type { DesiredInstance } from '@weir/contracts';
import { DEFAULT_LIMITS, newId } from '@weir/domain';
import { pino } from 'pino';
import type { Firewall, FirewallState, Flight } from '@weir/container-runtime-docker';
import { Fence } from '../fence.ts';
import { InMemoryInstanceFeed } from '../feed/in-memory-instance-feed.ts';
import { Instances } from '../instances.ts';
import { LogCursors } from '../logs/log-cursors.ts';
import type { ExplainLog } from '../logs/log-shipper.ts';
import type { Parts } from '../parts.ts';
import { SecretsFolders } from '../secrets/secrets-folders.ts';
import { ManualClock, settled } from './manual-clock.ts';

/** A whole worker's instances over ports in memory, on a clock that a test moves. */
export class WorkerFixture {
  readonly clock = new ManualClock();
  readonly runtime = new InMemoryRuntime(() => this.clock.now());
  readonly feed = new InMemoryInstanceFeed();
  readonly secrets: SecretsFolders;
  /** Addresses that answer health checks well; all of them unless a test says otherwise. */
  healthy: (address: string) => boolean = () => true;
  explain: ExplainLog = () => [];
  explainEnd: Parts['explainEnd'] = explainFailure;
  /** What stands of the firewall, and what a canary finds. */
  firewall: FirewallState = { status: 'enforced', repaired: false };
  flight: Flight = { status: 'held' };
  /** Canaries that were sent. */
  flights = 0;
  trustTenants = false;
  #instances: Instances;

  private constructor(private readonly folder: string) {
    this.secrets = new SecretsFolders('test', folder, false);
    this.#instances = this.#open();
  }

  static async open(): Promise<WorkerFixture> {
    const fixture = new WorkerFixture(await mkdtemp(join(tmpdir(), 'weir-worker-')));
    await fixture.#instances.start();
    return fixture;
  }

  /** Lets time pass, in steps that are short beside any wait. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 100) {
      await this.clock.advance(Math.min(100, left));
      await settled();
    }
  }

  /** Passes time until `done`, at most two minutes and a half. */
  async until(done: () => boolean | Promise<boolean>): Promise<void> {
    for (let step = 0; step < 1500; step++) {
      if (await done()) return;
      await this.pass(100);
    }
    throw new Error('it never came to pass');
  }

  /** The worker is killed and another one starts: nothing in memory is left but the engine and the control plane. */
  async restart(): Promise<void> {
    await this.#instances.close();
    this.#instances = this.#open();
    await this.#instances.start();
  }

  get problems(): string[] {
    return this.#instances.problems.map(({ code }) => code);
  }

  async close(): Promise<void> {
    await this.#instances.close();
    await rm(this.folder, { recursive: true });
  }

  #open(): Instances {
    const { runtime, feed, secrets, clock } = this;
    const cursors = new LogCursors(join(this.folder, 'cursors'));
    const checkHealth = async (address: string) => this.healthy(address);
    const explain: ExplainLog = (lines) => this.explain(lines);
    const logger = pino({ level: 'silent' });
    const firewall: Pick<Firewall, 'assert'> = { assert: async () => this.firewall };
    const canary = { fly: async () => (this.flights++, this.flight), close: async () => undefined };
    const fence = new Fence({ firewall, canary, trustTenants: this.trustTenants, logger });
    return new Instances({ runtime, feed, secrets, cursors, checkHealth, explain, explainEnd: (facts) => this.explainEnd(facts), fence, clock, logger });
  }
}

/** An instance that the control plane may want. */
export function desiredInstance(given: Partial<DesiredInstance> = {}): DesiredInstance {
  const id = <K extends Parameters<typeof newId>[0]>(kind: K) => newId(kind, Date.now(), randomBytes(16));
  return {
    id: id('instance'), app: id('app'), workspace: id('workspace'), release: id('release'), deployment: id('deployment'),
    desired: 'running', attempt: 1, image: 'image', uid: 10_001, framework: { name: 'streamlit', version: null }, entryFile: 'streamlit_app.py', hostname: 'hello.localhost',
    sourceBytes: 1000, limits: DEFAULT_LIMITS, secretsVersion: 0, startAfter: null, ...given,
  };
}
