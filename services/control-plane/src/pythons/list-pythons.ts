import { Injectable } from '@nestjs/common';
import type { PythonList, PythonView } from '@weir/contracts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Pythons } from './pythons.ts';

/** Every Python that is known of, also those that cannot be had here, with the reason. Which mirrors and registries the host uses is told only to those who may have one made. */
@Injectable()
export class ListPythons {
  constructor(private readonly pythons: Pythons) {}

  async execute(ctx: ActorContext): Promise<PythonList> {
    ctx.require('app.read');
    const items = await this.pythons.list();
    return { items: ctx.may('python.prepare') ? items : items.map(withoutAddresses) };
  }
}

const hidden = (text: string | null): string | null => text?.replace(/\b(?:[a-z][a-z0-9+.-]*:\/\/|[\w.-]+:\d+\/|[\w-]+(?:\.[\w-]+)+\/)\S*/gi, '(its address)') ?? null;

const withoutAddresses = (python: PythonView): PythonView => ({ ...python, from: hidden(python.from), step: hidden(python.step), reason: hidden(python.reason) });
