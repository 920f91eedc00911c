import type { AppId, DeploymentId, InstanceId, ReleaseId, WorkspaceId } from '@weir/domain';

/** How an instance's process ended. */
export interface InstanceExit {
  readonly code: number | null;
  /** The signal that ended it, such as `SIGKILL`. */
  readonly signal: string | null;
  /** It was ended because it used up its memory. */
  readonly oom: boolean;
}

/** One instance as a runtime sees it now. */
export interface ObservedInstance {
  readonly id: InstanceId;
  readonly app: AppId;
  readonly workspace: WorkspaceId;
  readonly release: ReleaseId;
  readonly deployment: DeploymentId;
  readonly attempt: number;
  /** The runtime's own name for it, for people who look there. */
  readonly container: string;
  /** `created`: a start was cut off half-way; starting it again completes it. `frozen`: it keeps its memory and sockets and gets no processor time. */
  readonly state: 'created' | 'running' | 'frozen' | 'ended';
  /** `host:port` while it runs or is frozen. It may change when the engine restarts: read it anew, never keep it. */
  readonly address: string | null;
  readonly createdAtMs: number;
  /** Only of an ended one. */
  readonly exit: InstanceExit | null;
}

/** Something happened to an instance. An event is only a hint to look: one may be lost, or come twice. */
export interface RuntimeEvent {
  readonly id: InstanceId;
  /** `memory-exceeded`: some process of it was ended for want of memory; the instance itself may live on. */
  readonly kind: 'started' | 'ended' | 'memory-exceeded';
}

/** One line that an app wrote. */
export interface RuntimeLogLine {
  readonly at: Date;
  readonly stream: 'stdout' | 'stderr';
  /** Without its line end; at most {@link MAX_LINE_BYTES}, the rest is cut. */
  readonly text: string;
}

export const MAX_LINE_BYTES = 16_384;
