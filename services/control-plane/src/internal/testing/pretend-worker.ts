import { InternalClient } from '@weir/api-client';
import type { AppView, BuildOrder, BuildReport, DesiredInstance, InstanceReport } from '@weir/contracts';
import type { InstanceDesired, InstanceStatus } from '@weir/domain';
import type { Caller } from '../../testing/caller.ts';
import { INTERNAL_TOKEN, type RunningControlPlane } from '../../testing/running-control-plane.ts';

type Built = Extract<BuildReport, { kind: 'built' }>;

let images = 0;

/** Reports as a worker would, without building or running anything. */
export class PretendWorker extends InternalClient {
  /** Orders that were given out before a test asked for them. */
  readonly #orders = new Map<string, BuildOrder>();

  constructor(private readonly plane: RunningControlPlane, token = INTERNAL_TOKEN) {
    super({ baseUrl: plane.baseUrl, token });
  }

  /** The order for this build, however many have their turn before it; none if it waits no more. */
  async orderOf(deployment: string, worker = 'pretend'): Promise<BuildOrder | null> {
    for (;;) {
      const known = this.#orders.get(deployment);
      this.#orders.delete(deployment);
      if (known) return known;
      const { order } = await this.claimBuild(worker);
      if (!order) return null;
      this.#orders.set(order.deployment, order);
    }
  }

  /** The attempt that was claimed. */
  async claim(deployment: string): Promise<number> {
    const order = await this.orderOf(deployment);
    if (!order) throw new Error(`${deployment} cannot be claimed`);
    return order.attempt;
  }

  built(attempt: number, some: Partial<Built> = {}): Built {
    return { kind: 'built', attempt, image: `sha256:${++images}`, environment: 'sha256:e', lock: null, sourceBytes: 1000, framework: { name: 'streamlit', version: null }, entryFile: 'app.py', python: '3.11', finished: { image: 12 }, ...some };
  }

  /** Claims and builds, up to `starting`. */
  async build(deployment: string, some: Partial<Built> = {}): Promise<DesiredInstance> {
    const attempt = await this.claim(deployment);
    await this.reportBuild(deployment, { kind: 'fetched', attempt, commit: 'a'.repeat(40), branch: 'main', message: 'Change', author: 'Ada' });
    await this.reportBuild(deployment, this.built(attempt, some));
    return this.instanceOf(deployment);
  }

  async instanceOf(deployment: string): Promise<DesiredInstance> {
    const found = (await this.instances(-1, 0)).instances.find((instance) => instance.deployment === deployment);
    if (!found) throw new Error(`no instance of ${deployment} is wanted`);
    return found;
  }

  async wanted(id: string): Promise<DesiredInstance | undefined> {
    return (await this.instances(-1, 0)).instances.find((instance) => instance.id === id);
  }

  see(instance: { id: string; attempt: number }, status: InstanceStatus, some: Partial<InstanceReport> = {}): Promise<void> {
    const address = status === 'healthy' || status === 'unhealthy' || status === 'frozen' ? `10.0.0.${(images % 250) + 2}:8501` : null;
    return this.reportInstance(instance.id, { attempt: instance.attempt, status, container: 'c1', address, exit: null, ...some });
  }

  /** The instances of an app of which this is asked, oldest first. */
  async wantedOf(app: { id: string }, ...desired: InstanceDesired[]): Promise<DesiredInstance[]> {
    const { instances } = await this.instances(-1, 0);
    return instances.filter((instance) => instance.app === app.id && desired.includes(instance.desired));
  }

  /** An app whose first release is live. */
  async liveApp(owner: Caller, settings: Record<string, unknown> = {}): Promise<{ app: AppView; deployment: string; instance: DesiredInstance }> {
    const app = await owner.app(settings);
    const { id: deployment } = await owner.deploy(app.id);
    const instance = await this.build(deployment);
    for (const each of await this.wantedOf(app, 'running')) await this.see(each, 'healthy');
    return { app, deployment, instance };
  }

  /** Deploys an app anew, until that is live. */
  async nextRelease(owner: Caller, { id }: { id: string }, some: Partial<Built> = {}): Promise<{ deployment: string; instance: DesiredInstance }> {
    const { id: deployment } = await owner.deploy(id);
    const instance = await this.build(deployment, some);
    await this.see(instance, 'healthy');
    return { deployment, instance };
  }

  async routeOf(app: { id: string }) {
    return (await this.routes(-1, 0)).routes.find((route) => route.app === app.id);
  }

  statusOf(deployment: string): Promise<string> {
    return this.plane.db.deployment.findUniqueOrThrow({ where: { id: deployment } }).then(({ status }) => status);
  }
}

export const exited = { code: 1, signal: null, oom: false, lastLines: ['Traceback', 'ModuleNotFoundError: pandas'] };
