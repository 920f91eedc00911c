import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { ListPythons } from './list-pythons.ts';
import { PreparePython } from './prepare-python.ts';

@Controller('api/v1')
export class PythonsController {
  constructor(private readonly listPythons: ListPythons, private readonly preparePython: PreparePython) {}

  @Operation('pythons.list')
  list(@Actor() ctx: ActorContext) {
    return this.listPythons.execute(ctx);
  }

  @Operation('pythons.prepare')
  prepare(@Actor() ctx: ActorContext, @Input() { params }: Given<'pythons.prepare'>) {
    return this.preparePython.execute(ctx, params.version);
  }
}
