import { Injectable } from '@nestjs/common';
import { Database } from '@weir/database';

/** Ends the lease of a build whose worker died, when that worker's successor says so: the build can be claimed at once. */
@Injectable()
export class ReleaseLease {
  constructor(private readonly db: Database) {}

  /** @returns whether the build was still this attempt's */
  async execute(id: string, attempt: number): Promise<boolean> {
    const { count } = await this.db.deployment.updateMany({ where: { id, attempt, status: 'building' }, data: { leaseUntil: new Date(0) } });
    return count === 1;
  }
}
