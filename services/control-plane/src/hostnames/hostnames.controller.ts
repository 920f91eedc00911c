import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { CheckHostname } from './check-hostname.ts';

@Controller('api/v1')
export class HostnamesController {
  constructor(private readonly checkHostname: CheckHostname) {}

  @Operation('hostnames.check')
  check(@Actor() ctx: ActorContext, @Input() { params }: Given<'hostnames.check'>) {
    return this.checkHostname.execute(ctx, params.hostname);
  }
}
