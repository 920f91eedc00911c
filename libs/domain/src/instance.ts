import { type DeploymentStatus, isPending } from './deployment-status.ts';
import type { SleepDepth } from './sleep.ts';

/** What is asked of an instance. A frozen one keeps its memory and gets no processor time; a draining one serves the sockets it has and gets no new documents. */
export const INSTANCE_DESIRED = ['running', 'frozen', 'draining', 'stopped'] as const;
export type InstanceDesired = (typeof INSTANCE_DESIRED)[number];

/** What was seen of an instance. `healthy` means its health path answered as its framework says it should. */
export const INSTANCE_STATUSES = ['pending', 'starting', 'healthy', 'unhealthy', 'frozen', 'crashed', 'failed', 'stopped'] as const;
export type InstanceStatus = (typeof INSTANCE_STATUSES)[number];

export const APP_DESIRED = ['running', 'stopped'] as const;
export type AppDesired = (typeof APP_DESIRED)[number];

export const APP_STATUSES = ['new', 'deploying', 'starting', 'live', 'asleep', 'stopped', 'crashed', 'failed', 'cancelled'] as const;
export type AppStatus = (typeof APP_STATUSES)[number];

interface AppFacts {
  readonly desired: AppDesired;
  readonly sleep: SleepDepth;
  /** The newest one's status; none where nothing was ever deployed. */
  readonly latestDeployment: DeploymentStatus | undefined;
  /** The instance of the app's release, if it has one. */
  readonly instance: InstanceStatus | 'none';
  readonly hasRelease: boolean;
}

/** One word for an app, from what is asked and what was seen. */
export function appStatus({ desired, sleep, latestDeployment, instance, hasRelease }: AppFacts): AppStatus {
  if (!hasRelease) return statusBeforeRelease(latestDeployment);
  if (desired === 'stopped') return 'stopped';
  if (sleep !== 'awake') return 'asleep';
  if (instance === 'healthy' || instance === 'unhealthy') return 'live';
  if (instance === 'crashed' || instance === 'failed') return 'crashed';
  return 'starting';
}

/** A deployment that was cancelled did not fail. */
function statusBeforeRelease(latest: DeploymentStatus | undefined): AppStatus {
  if (latest === undefined) return 'new';
  if (isPending(latest)) return 'deploying';
  return latest === 'cancelled' ? 'cancelled' : 'failed';
}

/** The memory, processors and processes an app's instance may use. */
export interface Limits {
  readonly memoryMib: number;
  readonly cpus: number;
  readonly pids: number;
}

export const DEFAULT_LIMITS: Limits = { memoryMib: 1024, cpus: 1, pids: 256 };

/** Delay before the next restart after `crashes` crashes in a row, in milliseconds: 1, 2, 4 … 60 s. */
export const restartDelayMs = (crashes: number): number => Math.min(60_000, 1000 * 2 ** Math.max(0, crashes - 1));

/** Restarts within this window count towards giving up. */
export const CRASH_WINDOW_MS = 10 * 60_000;
export const CRASHES_BEFORE_GIVING_UP = 5;
