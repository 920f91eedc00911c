import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { ListSecrets } from './list-secrets.ts';
import { SetSecrets } from './set-secrets.ts';

@Controller('api/v1')
export class SecretsController {
  constructor(private readonly listSecrets: ListSecrets, private readonly setSecrets: SetSecrets) {}

  @Operation('secrets.list')
  list(@Actor() ctx: ActorContext, @Input() { params }: Given<'secrets.list'>) {
    return this.listSecrets.execute(ctx, params.app);
  }

  @Operation('secrets.set')
  set(@Actor() ctx: ActorContext, @Input() { params, body }: Given<'secrets.set'>) {
    return this.setSecrets.execute(ctx, params.app, body.toml);
  }
}
