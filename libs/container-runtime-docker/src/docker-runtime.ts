import { setTimeout as wait } from 'node:timers/promises';
import { ContainerRuntime, type InstanceSpec, type Keep, type ObservedInstance, type RuntimeEvent, type RuntimeLogLine, type Swept } from '@weir/container-runtime';
import type { InstanceId } from '@weir/domain';
import type Docker from 'dockerode';
import { USUAL_RUNTIME } from './client/assert-container-runtime.ts';
import type { DockerConnection } from './client/connect-docker.ts';
import { asRuntimeProblem, tolerating } from './client/docker-problem.ts';
import { engineEvents } from './events/engine-events.ts';
import { ImageSweep } from './images/image-sweep.ts';
import { followLogs, lastLogLines } from './logs/follow-logs.ts';
import { bridgeName, containerName, LABEL } from './names.ts';
import { AppNetworks } from './network/app-networks.ts';
import { withoutIpv6 } from './network/without-ipv6.ts';
import { exitOf, observedInstance, stateOf } from './observed.ts';
import { containerSpec, type HostSettings, settledCpus } from './spec/container-spec.ts';
import { seccompProfile } from './spec/seccomp-profile.ts';

export interface DockerRuntimeSettings {
  readonly installation: string;
  readonly resolvers: readonly string[];
  /** {@link USUAL_RUNTIME} unless the operator chose another. */
  readonly ociRuntime?: string;
}

const LOOKS = 20;
const LOOK_MS = 25;
const LONGEST_GRACE_MS = 25_000; // below the time limit of a call, which waits for the end

/** Instances as containers of one Docker host. Its labels are its only memory: a new one takes over where a killed one stopped. */
export class DockerRuntime extends ContainerRuntime {
  readonly #docker: Docker;
  readonly #networks: AppNetworks;
  readonly #images: ImageSweep;
  readonly #starting = new Map<InstanceId, Promise<void>>();
  #host: HostSettings | undefined;

  constructor(private readonly connection: DockerConnection, private readonly settings: DockerRuntimeSettings) {
    super();
    this.#docker = connection.calls;
    this.#networks = new AppNetworks(connection.calls, settings.installation);
    this.#images = new ImageSweep(connection.calls, settings.installation);
  }

  /** One start of an instance at a time: two at once would race for its name. */
  async start(spec: InstanceSpec): Promise<void> {
    const before = this.#starting.get(spec.id) ?? Promise.resolve();
    const mine = before.then(() => this.#start(spec));
    const settled = mine.then(() => undefined, () => undefined); // whoever waits for their turn has no part in this one's failure
    this.#starting.set(spec.id, settled);
    try {
      await mine;
    } finally {
      if (this.#starting.get(spec.id) === settled) this.#starting.delete(spec.id);
    }
  }

  async settle(spec: InstanceSpec): Promise<void> {
    const { hostCpus } = await this.#hostSettings();
    await tolerating([404, 409], () => this.#container(spec.id).update({ NanoCpus: settledCpus(spec, hostCpus) }));
  }

  /** 409: it is frozen already, or does not run. */
  async freeze(id: InstanceId): Promise<void> {
    await tolerating([404, 409], () => this.#container(id).pause());
  }

  /** An engine that is asked to unpause what is not paused answers 500 as for any trouble, so its state decides. */
  async thaw(id: InstanceId): Promise<void> {
    try {
      await this.#container(id).unpause();
    } catch (error) {
      const there = await tolerating([404], () => this.#container(id).inspect());
      if (there?.State.Paused) throw asRuntimeProblem(error);
    }
  }

  async stop(id: InstanceId, graceMs: number): Promise<void> {
    await this.#wake(id);
    await tolerating([304, 404], () => this.#container(id).stop({ t: Math.ceil(Math.min(graceMs, LONGEST_GRACE_MS) / 1000) }));
  }

  /** 409: its removal is already under way. */
  async remove(id: InstanceId): Promise<void> {
    await this.#wake(id);
    await tolerating([404, 409], () => this.#container(id).remove({ force: true, v: true }));
  }

  async list(): Promise<ObservedInstance[]> {
    const label = [`${LABEL.installation}=${this.settings.installation}`, `${LABEL.kind}=instance`];
    const containers = await this.#ask(() => this.#docker.listContainers({ all: true, filters: { label } }));
    const seen = await Promise.all(containers.map(async (container) => observedInstance(container, stateOf(container) === 'ended' ? await this.#exit(container.Id) : null)));
    return seen.filter((instance) => instance !== undefined);
  }

  /** The engine tells of an end a moment before its own list does; ours waits for the list. */
  async *watch(signal: AbortSignal): AsyncGenerator<RuntimeEvent> {
    for await (const event of engineEvents(this.connection, this.settings.installation, signal)) {
      if (event.kind === 'ended') await this.#listedAsEnded(event.id);
      yield event;
    }
  }

  logs(id: InstanceId, since: Date | null, signal: AbortSignal): AsyncIterable<RuntimeLogLine> {
    return followLogs(this.connection, containerName(this.settings.installation, id), since, signal);
  }

  lastLines(id: InstanceId, count: number): Promise<string[]> {
    return lastLogLines(this.connection, containerName(this.settings.installation, id), count);
  }

  async sweep(keep: Keep): Promise<Swept> {
    const networks = await this.#networks.sweep(new Set<string>(keep.apps));
    return { networks, ...(await this.#images.sweep(keep)) };
  }

  async missingImages(images: readonly string[]): Promise<string[]> {
    const found = await Promise.all(images.map((image) => tolerating([404], () => this.#docker.getImage(image).inspect())));
    return images.filter((_, i) => found[i] === undefined);
  }

  async #start(spec: InstanceSpec): Promise<void> {
    const there = await tolerating([404], () => this.#container(spec.id).inspect());
    if (there) {
      if (Number(there.Config.Labels[LABEL.attempt]) < spec.attempt) await this.remove(spec.id);
      else if (there.State.Status !== 'created') return;
    }
    await this.#networks.ensure(spec.app, spec.workspace);
    const name = containerName(this.settings.installation, spec.id);
    const options = { name, ...containerSpec(spec, await this.#hostSettings()) };
    // 409: it was created and not started by one who was killed in between.
    await tolerating([409], () => this.#docker.createContainer(options));
    await tolerating([304], () => this.#container(spec.id).start());
    await withoutIpv6(bridgeName(this.settings.installation, spec.app));
  }

  async #listedAsEnded(id: InstanceId): Promise<void> {
    const filters = { label: [`${LABEL.instance}=${id}`], status: ['running', 'paused'] };
    for (let look = 0; look < LOOKS; look++) {
      if ((await this.#docker.listContainers({ filters }).catch(() => [])).length === 0) return; // an engine that went away has nothing to wait for
      await wait(LOOK_MS);
    }
  }

  async #exit(container: string): Promise<ObservedInstance['exit']> {
    const details = await tolerating([404], () => this.#docker.getContainer(container).inspect());
    return details ? exitOf(details.State) : null;
  }

  /** A frozen one under runc hears a signal, under others (runsc) it does not; which one a container was made with is its own. */
  async #wake(id: InstanceId): Promise<void> {
    const there = await tolerating([404], () => this.#container(id).inspect());
    if (there?.State.Paused) await this.thaw(id);
  }

  #container(id: InstanceId): Docker.Container {
    return this.#docker.getContainer(containerName(this.settings.installation, id));
  }

  async #hostSettings(): Promise<HostSettings> {
    const { installation, resolvers, ociRuntime = USUAL_RUNTIME } = this.settings;
    this.#host ??= { installation, resolvers, ociRuntime, seccomp: seccompProfile, hostCpus: await this.#ask(async () => Number((await this.#docker.info()).NCPU)) };
    return this.#host;
  }

  async #ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw asRuntimeProblem(error);
    }
  }
}

