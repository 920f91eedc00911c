import type { AppId, InstanceId } from '@weir/domain';
import type { InstanceSpec } from './instance-spec.ts';
import type { ObservedInstance, RuntimeEvent, RuntimeLogLine } from './observed-instance.ts';

/** What still exists or is still referenced. Whatever else a runtime made may go. */
export interface Keep {
  readonly apps: readonly AppId[];
  readonly images: readonly string[];
  /** Images that were given up: they go as soon as no container uses them, however young they are. */
  readonly discarded?: readonly string[];
}

/** Names of what was removed. */
export interface Swept {
  readonly networks: readonly string[];
  readonly images: readonly string[];
  /** What the images took on the disk, without what they shared with others. */
  readonly freedBytes: number;
}

/**
 * Runs instances of a release somewhere: one Docker host today, a cluster later.
 *
 * Every method may be called again after a failure, and throws nothing but
 * {@link RuntimeProblem}. A vendor's nouns and errors never cross this line; an
 * instance that is gone is a report, not an error.
 */
export abstract class ContainerRuntime {
  /**
   * Starts an attempt of an instance, with processor time to spare until {@link settle}.
   *
   * Asked again, it completes what was cut off and does nothing to an attempt that runs or
   * has ended. A newer attempt replaces an older one.
   */
  abstract start(spec: InstanceSpec): Promise<void>;

  /** Ends the extra processor time of a start: from now on the limits are those of the spec. */
  abstract settle(spec: InstanceSpec): Promise<void>;

  /**
   * Takes all processor time from a running instance, which keeps its memory, address and sockets:
   * what is sent to it waits, as far as the kernel holds it. One that does not run is left as it is.
   */
  abstract freeze(id: InstanceId): Promise<void>;

  /** Lets a frozen instance go on where it was. One that is not frozen is left as it is. */
  abstract thaw(id: InstanceId): Promise<void>;

  /** Asks an instance, running or frozen, to end, and ends it after `graceMs`. It stays visible as `ended` until it is removed. */
  abstract stop(id: InstanceId, graceMs: number): Promise<void>;

  /** Removes every trace of an instance, ending it at once if it runs. */
  abstract remove(id: InstanceId): Promise<void>;

  /** All instances of this installation, ended ones too. */
  abstract list(): Promise<ObservedInstance[]>;

  /** Tells of changes as they come, until `signal`. Goes on after the engine was away. */
  abstract watch(signal: AbortSignal): AsyncIterable<RuntimeEvent>;

  /** What an instance wrote, `since` then included, until it ends or `signal`. */
  abstract logs(id: InstanceId, since: Date | null, signal: AbortSignal): AsyncIterable<RuntimeLogLine>;

  /** The last lines an instance wrote, oldest first; none of an unknown instance. */
  abstract lastLines(id: InstanceId, count: number): Promise<string[]>;

  /** Those of these images that are not there, so that nothing can be started from them. */
  abstract missingImages(images: readonly string[]): Promise<string[]>;

  /** Removes networks of apps that are gone and images that nobody references. */
  abstract sweep(keep: Keep): Promise<Swept>;
}
