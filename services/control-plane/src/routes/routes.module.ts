import { Module } from '@nestjs/common';
import { AppsModule } from '../apps/apps.module.ts';
import { ChangeBusModule } from '../realtime/change-bus.module.ts';
import { ReadRoutes } from './read-routes.ts';

@Module({ imports: [AppsModule, ChangeBusModule], providers: [ReadRoutes], exports: [ReadRoutes] })
export class RoutesModule {}
