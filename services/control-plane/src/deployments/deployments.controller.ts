import { Controller } from '@nestjs/common';
import { type Given, Input, Operation } from '../http/operation.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { Actor } from '../identity/actor.ts';
import { CancelDeployment } from './cancel-deployment.ts';
import { DeployApp } from './deploy-app.ts';
import { ReadDeployments } from './read-deployments.ts';

@Controller('api/v1')
export class DeploymentsController {
  constructor(private readonly deployApp: DeployApp, private readonly cancelDeployment: CancelDeployment, private readonly readDeployments: ReadDeployments) {}

  @Operation('deployments.list')
  list(@Actor() ctx: ActorContext, @Input() { params, query }: Given<'deployments.list'>) {
    return this.readDeployments.list(ctx, params.app, query);
  }

  @Operation('deployments.create')
  create(@Actor() ctx: ActorContext, @Input() { params, body }: Given<'deployments.create'>) {
    return this.deployApp.execute(ctx, { app: params.app, ...body });
  }

  @Operation('deployments.read')
  read(@Actor() ctx: ActorContext, @Input() { params }: Given<'deployments.read'>) {
    return this.readDeployments.read(ctx, params.deployment);
  }

  @Operation('deployments.cancel')
  cancel(@Actor() ctx: ActorContext, @Input() { params }: Given<'deployments.cancel'>) {
    return this.cancelDeployment.execute(ctx, params);
  }
}
