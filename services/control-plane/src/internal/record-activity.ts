import { Injectable } from '@nestjs/common';
import type { GatewayActivity } from '@weir/contracts';
import { Database, Prisma } from '@weir/database';
import type { z } from 'zod';
import { Clock } from '../deployments/clock.ts';
import { endRouted } from '../deployments/end-routed.ts';
import { countUse } from '../sleep/count-use.ts';

/** Takes what the gateway counts: sockets of each instance, apps that people use, and which routes are in force. */
@Injectable()
export class RecordActivity {
  constructor(private readonly db: Database, private readonly clock: Clock) {}

  async execute({ instances, used, cursor }: z.infer<typeof GatewayActivity>): Promise<void> {
    if (instances.length > 0) {
      const counts = Prisma.join(instances.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, sockets }) => Prisma.sql`(${id}, ${sockets}::int)`));
      await this.db.$executeRaw`
        UPDATE "instance" SET "sockets" = seen.sockets, "sockets_at" = now() FROM (VALUES ${counts}) AS seen(id, sockets)
        WHERE "instance"."id" = seen.id AND "instance"."sockets" <> seen.sockets`;
    }
    if (used.length > 0) await countUse(this.db, used);
    await this.db.transaction(async (tx) => endRouted(tx, cursor, await this.clock.now(tx)));
  }
}
