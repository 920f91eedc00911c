import { Controller } from '@nestjs/common';
import { Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { ListExamples } from './list-examples.ts';

@Controller('api/v1')
export class ExamplesController {
  constructor(private readonly listExamples: ListExamples) {}

  @Operation('examples.list')
  list(@Actor() ctx: ActorContext) {
    return this.listExamples.execute(ctx);
  }
}
