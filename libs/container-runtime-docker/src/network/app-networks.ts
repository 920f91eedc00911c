import { networkInterfaces } from 'node:os';
import { RuntimeProblem } from '@weir/container-runtime';
import type { AppId, WorkspaceId } from '@weir/domain';
import type Docker from 'dockerode';
import { asRuntimeProblem, statusOf, tolerating, wordsOf } from '../client/docker-problem.ts';
import { bridgeName, LABEL, networkName } from '../names.ts';
import { freeSubnets, seedFrom } from './subnets.ts';

/** Another network took the subnet between our look and our try. */
const isOverlap = (error: unknown): boolean => /overlap/i.test(wordsOf(error));
const ATTEMPTS = 50;
/** Whoever still believes that a removed app is at its old address must find nobody there: so long its subnet stays empty. */
const QUARANTINE_MS = 60 * 60_000;

/** One bridge network for each app, so that no app sees another. */
export class AppNetworks {
  readonly #making = new Map<AppId, Promise<void>>();

  /** Subnets of networks that were removed, and when. */
  readonly #retired = new Map<string, number>();

  /** @param kind what the label says that these networks are for */
  constructor(private readonly docker: Docker, private readonly installation: string, private readonly kind: 'network' | 'canary' = 'network') {}

  /** Makes an app's network if it is not there. */
  ensure(app: AppId, workspace: WorkspaceId): Promise<void> {
    const making = this.#making.get(app) ?? this.#ensure(app, workspace).finally(() => this.#making.delete(app));
    this.#making.set(app, making);
    return making;
  }

  /** Removes the networks of all apps but these; one that is still in use stays until the next time. */
  async sweep(keep: ReadonlySet<string>): Promise<string[]> {
    const removed: string[] = [];
    const ours = await this.#list({ label: [`${LABEL.installation}=${this.installation}`, `${LABEL.kind}=${this.kind}`] });
    for (const { Id, Name, Labels, IPAM } of ours) {
      const app = Labels?.[LABEL.app];
      if (app === undefined || keep.has(app)) continue;
      const done = await tolerating([403, 404, 409], async () => {
        await this.docker.getNetwork(Id).remove();
        return true;
      });
      if (!done) continue;
      removed.push(Name);
      for (const { Subnet } of IPAM?.Config ?? []) if (Subnet) this.#retired.set(Subnet, Date.now());
    }
    return removed;
  }

  async #ensure(app: AppId, workspace: WorkspaceId): Promise<void> {
    const name = networkName(this.installation, app);
    const all = await this.#list();
    if (all.some((network) => network.Name === name)) return;
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []).map(({ cidr }) => cidr ?? '');
    const taken = [...own, ...this.#quarantined(), ...all.flatMap((network) => network.IPAM?.Config?.map(({ Subnet }) => Subnet ?? '') ?? [])];
    let tries = 0;
    for (const subnet of freeSubnets(seedFrom(app), taken)) {
      if (++tries > ATTEMPTS) break;
      if (await this.#create(name, app, workspace, subnet)) return;
    }
    throw new RuntimeProblem('refused', 'no free subnet was found for the network of this app');
  }

  #quarantined(): string[] {
    const since = Date.now() - QUARANTINE_MS;
    for (const [subnet, atMs] of this.#retired) if (atMs < since) this.#retired.delete(subnet);
    return [...this.#retired.keys()];
  }

  /** `false`: the subnet is taken after all. */
  async #create(name: string, app: AppId, workspace: WorkspaceId, subnet: string): Promise<boolean> {
    try {
      await this.docker.createNetwork({
        Name: name,
        CheckDuplicate: true,
        Driver: 'bridge',
        Internal: false,
        EnableIPv6: false,
        IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] },
        Options: { 'com.docker.network.bridge.name': bridgeName(this.installation, app), 'com.docker.network.bridge.enable_icc': 'false' },
        Labels: { [LABEL.installation]: this.installation, [LABEL.kind]: this.kind, [LABEL.app]: app, [LABEL.workspace]: workspace },
      });
      return true;
    } catch (error) {
      if (statusOf(error) === 409 && /already exists/i.test(wordsOf(error))) return true;
      if (isOverlap(error)) return false;
      throw asRuntimeProblem(error);
    }
  }

  async #list(filters: Record<string, string[]> = {}): Promise<Docker.NetworkInspectInfo[]> {
    return this.docker.listNetworks({ filters }).catch((error: unknown) => {
      throw asRuntimeProblem(error);
    });
  }
}
