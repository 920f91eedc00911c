import { Module } from '@nestjs/common';
import { ChangeBusModule } from '../realtime/change-bus.module.ts';
import { ReadRoutes } from './read-routes.ts';

@Module({ imports: [ChangeBusModule], providers: [ReadRoutes], exports: [ReadRoutes] })
export class RoutesModule {}
