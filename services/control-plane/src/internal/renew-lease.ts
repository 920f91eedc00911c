import { Injectable } from '@nestjs/common';
import { Database } from '@weir/database';
import { after, Clock } from '../deployments/clock.ts';
import { LEASE_MS } from './claim-build.ts';

/** Keeps a build with its worker. A lapsed lease that nobody else took may still be renewed. */
@Injectable()
export class RenewLease {
  constructor(private readonly db: Database, private readonly clock: Clock) {}

  /** @returns whether the worker must stop: its build ended or is another's */
  async execute(id: string, attempt: number): Promise<boolean> {
    const now = await this.clock.now(this.db);
    const { count } = await this.db.deployment.updateMany({ where: { id, attempt, status: 'building' }, data: { leaseUntil: after(now, LEASE_MS) } });
    return count === 0;
  }
}
