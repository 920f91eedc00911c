import { Module } from '@nestjs/common';
import { CancelDeployment } from './cancel-deployment.ts';
import { DeployApp } from './deploy-app.ts';
import { DeploymentViews } from './deployment-views.ts';
import { DeploymentsController } from './deployments.controller.ts';
import { ReadDeployments } from './read-deployments.ts';

@Module({
  controllers: [DeploymentsController],
  providers: [CancelDeployment, DeployApp, DeploymentViews, ReadDeployments],
  exports: [DeployApp, DeploymentViews],
})
export class DeploymentsModule {}
