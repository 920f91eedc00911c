import type { AppId, InstanceId } from '@weir/domain';
import { ContainerRuntime, type Keep, type Swept } from './container-runtime.ts';
import { APP_PORT, type InstanceSpec } from './instance-spec.ts';
import type { InstanceExit, ObservedInstance, RuntimeEvent, RuntimeLogLine } from './observed-instance.ts';
import { RuntimeProblem } from './runtime-problem.ts';

interface Held {
  spec: InstanceSpec;
  state: ObservedInstance['state'];
  createdAtMs: number;
  exit: InstanceExit | null;
  address: string;
  burst: boolean;
  lines: RuntimeLogLine[];
}

const isAlive = (held: Pick<Held, 'state'> | undefined): boolean => held?.state === 'running' || held?.state === 'frozen';

/** A runtime that only remembers. A test makes its instances write, end and move. */
export class InMemoryRuntime extends ContainerRuntime {
  /** Images that can be started; `null` for any. */
  images: Set<string> | null = null;
  /** While set, every call fails as an engine that is away. */
  down = false;
  /** How often an instance was really started. */
  starts = 0;
  readonly networks = new Set<AppId>();

  readonly #held = new Map<InstanceId, Held>();
  #changed = Promise.withResolvers<void>();
  readonly #events: RuntimeEvent[] = [];
  #hosts = 1;

  constructor(private readonly now: () => number = Date.now) {
    super();
  }

  async start(spec: InstanceSpec): Promise<void> {
    this.#mustBeUp();
    const held = this.#held.get(spec.id);
    if (held && held.spec.attempt >= spec.attempt) return;
    if (this.images && !this.images.has(spec.image)) throw new RuntimeProblem('image-missing', `there is no image ${spec.image}`);
    this.networks.add(spec.app);
    this.starts++;
    this.#held.set(spec.id, { spec, state: 'running', createdAtMs: this.now(), exit: null, address: `10.0.0.${++this.#hosts}:${APP_PORT}`, burst: true, lines: [] });
    this.#tell({ id: spec.id, kind: 'started' });
  }

  async settle(spec: InstanceSpec): Promise<void> {
    this.#mustBeUp();
    const held = this.#held.get(spec.id);
    if (held) held.burst = false;
  }

  async freeze(id: InstanceId): Promise<void> {
    this.#move(id, 'running', 'frozen');
  }

  async thaw(id: InstanceId): Promise<void> {
    this.#move(id, 'frozen', 'running');
  }

  async stop(id: InstanceId, _graceMs: number): Promise<void> {
    this.#mustBeUp();
    if (isAlive(this.#held.get(id))) this.end(id, { code: 143, signal: 'SIGTERM', oom: false });
  }

  async remove(id: InstanceId): Promise<void> {
    this.#mustBeUp();
    if (!this.#held.delete(id)) return;
    this.#tell({ id, kind: 'ended' });
  }

  async list(): Promise<ObservedInstance[]> {
    this.#mustBeUp();
    return [...this.#held.values()].map(({ spec, state, createdAtMs, exit, address }) => ({
      id: spec.id, app: spec.app, workspace: spec.workspace, release: spec.release, deployment: spec.deployment, attempt: spec.attempt,
      container: `memory-${spec.id}`, state, createdAtMs, exit, address: isAlive({ state }) ? address : null,
    }));
  }

  async *watch(signal: AbortSignal): AsyncIterable<RuntimeEvent> {
    for (let seen = this.#events.length; !signal.aborted; await this.#change(signal)) {
      while (seen < this.#events.length) yield this.#events[seen++] as RuntimeEvent;
    }
  }

  async *logs(id: InstanceId, since: Date | null, signal: AbortSignal): AsyncIterable<RuntimeLogLine> {
    const held = this.#held.get(id);
    for (let seen = 0; held && !signal.aborted; await this.#change(signal)) {
      for (; seen < held.lines.length; seen++) {
        const line = held.lines[seen] as RuntimeLogLine;
        if (!since || line.at >= since) yield line;
      }
      if (!isAlive(held) || this.#held.get(id) !== held) return;
    }
  }

  async lastLines(id: InstanceId, count: number): Promise<string[]> {
    this.#mustBeUp();
    return (this.#held.get(id)?.lines ?? []).slice(-count).map((line) => line.text);
  }

  async sweep(keep: Keep): Promise<Swept> {
    this.#mustBeUp();
    const used = new Set([...this.#held.values()].map((held) => held.spec.app));
    const networks = [...this.networks].filter((app) => !used.has(app) && !keep.apps.includes(app));
    for (const app of networks) this.networks.delete(app);
    return { networks, images: [], freedBytes: 0 };
  }

  async missingImages(images: readonly string[]): Promise<string[]> {
    this.#mustBeUp();
    return images.filter((image) => this.images?.has(image) === false);
  }

  /** An instance's process ends by itself. */
  end(id: InstanceId, exit: InstanceExit = { code: 1, signal: null, oom: false }): void {
    const held = this.#held.get(id);
    if (!held) return;
    Object.assign(held, { state: 'ended', exit });
    this.#tell({ id, kind: 'ended' });
  }

  /** An instance's app writes a line. */
  write(id: InstanceId, text: string, at = new Date(this.now())): void {
    this.#held.get(id)?.lines.push({ at, stream: 'stdout', text });
    this.#wake();
  }

  /** A process inside an instance is ended for want of memory. */
  exceedMemory(id: InstanceId): void {
    this.#tell({ id, kind: 'memory-exceeded' });
  }

  hasBurst(id: InstanceId): boolean {
    return this.#held.get(id)?.burst ?? false;
  }

  #move(id: InstanceId, from: Held['state'], to: Held['state']): void {
    this.#mustBeUp();
    const held = this.#held.get(id);
    if (held?.state === from) held.state = to;
  }

  #mustBeUp(): void {
    if (this.down) throw new RuntimeProblem('unavailable', 'the engine is away');
  }

  #tell(event: RuntimeEvent): void {
    this.#events.push(event);
    this.#wake();
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  #change(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => resolve(), { once: true });
    void this.#changed.promise.then(resolve);
    return signal.aborted ? Promise.resolve() : promise;
  }
}
