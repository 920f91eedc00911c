import { Injectable } from '@nestjs/common';
import type { PythonList } from '@weir/contracts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Pythons } from './pythons.ts';

/** Every Python that is known of, also those that cannot be had here, with the reason. */
@Injectable()
export class ListPythons {
  constructor(private readonly pythons: Pythons) {}

  async execute(ctx: ActorContext): Promise<PythonList> {
    ctx.require('app.read');
    return { items: await this.pythons.list() };
  }
}
