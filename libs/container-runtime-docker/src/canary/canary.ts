import { randomBytes } from 'node:crypto';
import { APP_PORT, type InstanceSpec } from '@weir/container-runtime';
import { newId } from '@weir/domain';
import type Docker from 'dockerode';
import { asRuntimeProblem, tolerating, wordsOf } from '../client/docker-problem.ts';
import { containerName, LABEL, networkName } from '../names.ts';
import { AppNetworks } from '../network/app-networks.ts';
import { containerSpec } from '../spec/container-spec.ts';
import { seccompProfile } from '../spec/seccomp-profile.ts';
import { askCanary, CANARY_PROGRAM } from './canary-program.ts';
import { forbiddenTargets, hostPortsOf } from './forbidden-targets.ts';

/** `held`: it reached nothing of what it tried. `untried`: nobody knows. */
export type Flight = { readonly status: 'held' } | { readonly status: 'escaped'; readonly reached: readonly string[] } | { readonly status: 'untried'; readonly reason: string };

export interface CanarySettings {
  readonly installation: string;
  readonly resolvers: readonly string[];
  /** The OCI runtime that apps run on. */
  readonly ociRuntime?: string;
  /** An image with Python that no tenant had a hand in; none: nothing can be tried. */
  readonly image: string | undefined;
  /** What it must not reach, beside the host's side of its network and its peer. */
  readonly targets?: () => Promise<string[]>;
}

interface Bird {
  readonly address: string;
  /** The host's end of its network. */
  readonly host: string;
}

/** What it runs with; its user is nobody's app. */
const LIMITS = { memoryMib: 64, cpus: 1, pids: 16 };
const UID = 59_999;

/**
 * Proves that the firewall holds: two containers, made as apps are and on networks made as theirs
 * are, try to reach this host, private networks and each other.
 */
export class Canary {
  readonly #networks: AppNetworks;
  /** The removal of the last flight's containers, which nobody has to wait for but the next one. */
  #cleared: Promise<void> = Promise.resolve();

  constructor(private readonly docker: Docker, private readonly settings: CanarySettings) {
    this.#networks = new AppNetworks(docker, settings.installation, 'canary');
  }

  async fly(): Promise<Flight> {
    const { image, targets = forbiddenTargets } = this.settings;
    if (image === undefined) return { status: 'untried', reason: 'no base image is configured' };
    try {
      await this.close();
      await this.#clear(); // what a worker left behind that was killed
      const forbidden = await targets();
      const starting = [this.#start(image), this.#start(image)] as const;
      await Promise.allSettled(starting); // while one is being made, nothing is cleared
      const [one, other] = await Promise.all(starting);
      const ask = (bird: Bird, peer: Bird): Promise<string[]> => askCanary(bird.address, [...forbidden, ...hostPortsOf(bird.host), `${peer.address}:${APP_PORT}`]);
      const reached = await Promise.all([ask(one, other), ask(other, one)]);
      const all = [...new Set(reached.flat())];
      return all.length === 0 ? { status: 'held' } : { status: 'escaped', reached: all };
    } catch (error) {
      return { status: 'untried', reason: wordsOf(error) };
    } finally {
      this.#cleared = this.#clear().catch(() => undefined); // what is left now is cleared before the next flight, which says what is wrong
    }
  }

  /** Waits until nothing of the last flight is left. */
  async close(): Promise<void> {
    await this.#cleared;
  }

  async #start(image: string): Promise<Bird> {
    const spec = birdSpec(image);
    const { installation, resolvers, ociRuntime = 'runc' } = this.settings;
    await this.#networks.ensure(spec.app, spec.workspace);
    const { HostConfig, Labels, ...made } = containerSpec(spec, { installation, resolvers, hostCpus: 1, ociRuntime, seccomp: seccompProfile });
    const name = containerName(installation, spec.id);
    const container = await this.docker.createContainer({ ...made, name, Cmd: ['python3', '-c', CANARY_PROGRAM], Labels: { ...Labels, [LABEL.kind]: 'canary' }, HostConfig: { ...HostConfig, Binds: [] } });
    await container.start();
    const { IPAddress, Gateway } = (await container.inspect()).NetworkSettings.Networks[networkName(installation, spec.app)] ?? {};
    if (!IPAddress || !Gateway) throw new Error('a canary ended as it started');
    return { address: IPAddress, host: Gateway };
  }

  async #clear(): Promise<void> {
    const label = [`${LABEL.installation}=${this.settings.installation}`, `${LABEL.kind}=canary`];
    const left = await this.docker.listContainers({ all: true, filters: { label } }).catch((error: unknown) => {
      throw asRuntimeProblem(error);
    });
    await Promise.all(left.map(({ Id }) => tolerating([404, 409], () => this.docker.getContainer(Id).remove({ force: true, v: true }))));
    await this.#networks.sweep(new Set());
  }
}

function birdSpec(image: string): InstanceSpec {
  const id = <K extends Parameters<typeof newId>[0]>(kind: K) => newId(kind, Date.now(), randomBytes(16));
  return {
    id: id('instance'), app: id('app'), workspace: id('workspace'), release: id('release'), deployment: id('deployment'), attempt: 1,
    image, uid: UID, framework: 'other', entryFile: '', hostname: '', sourceBytes: 0, limits: LIMITS, secretsDir: '',
  };
}
