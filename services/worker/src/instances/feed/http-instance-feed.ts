import { ApiProblem, type InternalClient } from '@weir/api-client';
import type { InstanceReport, InstanceSecrets, InstancesSnapshot } from '@weir/contracts';
import type { AppId, InstanceId } from '@weir/domain';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { InstanceFeed, type LogBatch } from './instance-feed.ts';

const WAIT_MS = 20_000;
const LIMIT_MS = 30_000;
const RETRY_MS = 500;
/** The control plane knows better: the attempt is over, or the instance is gone. */
const VOID = new Set([404, 409]);

/** The control plane over its internal API. */
export class HttpInstanceFeed extends InstanceFeed {
  constructor(private readonly client: InternalClient, private readonly clock: Clock, private readonly logger: Logger) {
    super();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<InstancesSnapshot> {
    for (let after = -1, away = false; !signal.aborted; ) {
      try {
        const snapshot = await this.client.instances(after, WAIT_MS, AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]));
        if (away) this.logger.info('control plane is back');
        [after, away] = [snapshot.cursor, false];
        yield snapshot;
      } catch (error) {
        if (signal.aborted) return;
        if (!away) this.logger.warn({ err: error }, 'control plane is away');
        [after, away] = [-1, true];
        await this.clock.wait(RETRY_MS, signal);
      }
    }
  }

  async report(id: InstanceId, report: InstanceReport): Promise<'accepted' | 'void'> {
    try {
      await this.client.reportInstance(id, report);
      return 'accepted';
    } catch (error) {
      if (error instanceof ApiProblem && VOID.has(error.status)) return 'void';
      throw error;
    }
  }

  secrets(id: InstanceId): Promise<InstanceSecrets> {
    return this.client.instanceSecrets(id);
  }

  async appendLog(app: AppId, batch: LogBatch): Promise<void> {
    try {
      await this.client.appendLog(app, batch);
    } catch (error) {
      if (!(error instanceof ApiProblem && VOID.has(error.status))) throw error; // an app that is gone has no log
    }
  }
}
