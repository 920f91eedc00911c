import { Injectable } from '@nestjs/common';
import type { PythonView } from '@weir/contracts';
import { Database } from '@weir/database';
import type { ActorContext } from '../identity/actor-context.ts';
import { Pythons } from './pythons.ts';

/** Has a Python made now, so that the first build that needs it does not wait. The answer does not wait for it either. */
@Injectable()
export class PreparePython {
  constructor(private readonly db: Database, private readonly pythons: Pythons) {}

  async execute(ctx: ActorContext, version: string): Promise<PythonView> {
    ctx.require('python.prepare');
    const view = await this.pythons.prepare(version);
    await this.db.in(ctx.workspaceId).transaction((tx) => tx.audit(ctx, { action: 'python.prepare', target: version }));
    return view;
  }
}
