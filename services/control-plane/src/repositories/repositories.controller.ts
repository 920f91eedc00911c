import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { InspectRepository } from './inspect-repository.ts';

@Controller('api/v1')
export class RepositoriesController {
  constructor(private readonly inspectRepository: InspectRepository) {}

  @Operation('repositories.inspect')
  inspect(@Actor() ctx: ActorContext, @Input() { body }: Given<'repositories.inspect'>) {
    return this.inspectRepository.execute(ctx, body);
  }
}
