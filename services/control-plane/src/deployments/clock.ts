import { Injectable } from '@nestjs/common';
import type { Tx } from '@weir/database';

/** The database's time, which all replicas share: leases and limits are judged by it alone. */
@Injectable()
export class Clock {
  /** When this transaction began. */
  async now(tx: Pick<Tx, '$queryRaw'>): Promise<Date> {
    const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT now()`;
    if (!row) throw new Error('the database told no time');
    return row.now;
  }
}

export const after = (time: Date, ms: number): Date => new Date(time.getTime() + ms);
