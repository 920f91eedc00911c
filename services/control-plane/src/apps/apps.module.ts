import { Module } from '@nestjs/common';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { PythonsModule } from '../pythons/pythons.module.ts';
import { SecretsModule } from '../secrets/secrets.module.ts';
import { AppOperationsController } from './app-operations.controller.ts';
import { AppSleepController } from './app-sleep.controller.ts';
import { AppViews } from './app-views.ts';
import { AppsController } from './apps.controller.ts';
import { CheckSettings } from './check-settings.ts';
import { CreateApp } from './create-app.ts';
import { DeleteApp } from './delete-app.ts';
import { ReadApps } from './read-apps.ts';
import { RebootApp } from './reboot-app.ts';
import { SleepApp } from './sleep-app.ts';
import { StartApp } from './start-app.ts';
import { StopApp } from './stop-app.ts';
import { UpdateApp } from './update-app.ts';
import { WakeApp } from './wake-app.ts';

@Module({
  imports: [DeploymentsModule, PythonsModule, SecretsModule],
  controllers: [AppsController, AppOperationsController, AppSleepController],
  providers: [AppViews, CheckSettings, CreateApp, DeleteApp, ReadApps, RebootApp, SleepApp, StartApp, StopApp, UpdateApp, WakeApp],
  exports: [AppViews],
})
export class AppsModule {}
