import { Module } from '@nestjs/common';
import { CancelDeployment } from './cancel-deployment.ts';
import { DeployApp } from './deploy-app.ts';
import { DeploymentsController } from './deployments.controller.ts';
import { ReadDeployments } from './read-deployments.ts';

@Module({
  controllers: [DeploymentsController],
  providers: [CancelDeployment, DeployApp, ReadDeployments],
  exports: [DeployApp],
})
export class DeploymentsModule {}
