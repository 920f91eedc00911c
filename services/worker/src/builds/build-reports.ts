import type { AppendLog, BuildOrder, BuildReport } from '@weir/contracts';
import type { DeploymentId } from '@weir/domain';
import type { z } from 'zod';

export type LogBatch = z.input<typeof AppendLog>;

/**
 * Where builds come from and where what happens to them is told.
 *
 * Everything may be sent again: reports are fenced by the order's attempt, batches by
 * their number. `stop` in an answer means that the build is no longer wanted here.
 */
export abstract class BuildReports {
  /** The order for the build whose turn it is, or `null` when there is nothing to do. */
  abstract claim(): Promise<BuildOrder | null>;
  abstract report(deployment: DeploymentId, report: BuildReport): Promise<{ stop: boolean }>;
  abstract renew(deployment: DeploymentId, attempt: number): Promise<{ stop: boolean }>;
  /** Ends the lease of an attempt whose process is dead. `released`: it was still that attempt's. */
  abstract release(deployment: DeploymentId, attempt: number): Promise<{ released: boolean }>;
  abstract append(deployment: DeploymentId, batch: LogBatch): Promise<void>;
}

export type { BuildOrder } from '@weir/contracts';
