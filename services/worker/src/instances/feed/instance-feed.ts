import type { AppendLog, InstanceReport, InstanceSecrets, InstancesSnapshot } from '@weir/contracts';
import type { AppId, InstanceId } from '@weir/domain';
import type { z } from 'zod';

/** Lines of one app's log that travel together. */
export type LogBatch = z.output<typeof AppendLog>;

/** What the worker asks of the control plane about instances. */
export abstract class InstanceFeed {
  /** Every newer snapshot until `signal`, and the present one again at least every half minute. Waits out a control plane that is away. */
  abstract watch(signal: AbortSignal): AsyncIterable<InstancesSnapshot>;
  /** `void`: the report is about what nobody wants to know any more. Throws when the control plane is away. */
  abstract report(id: InstanceId, report: InstanceReport): Promise<'accepted' | 'void'>;
  abstract secrets(id: InstanceId): Promise<InstanceSecrets>;
  /** A batch that was sent before is taken as done. */
  abstract appendLog(app: AppId, batch: LogBatch): Promise<void>;
}
