import { Module } from '@nestjs/common';
import { AppsModule } from '../apps/apps.module.ts';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { IdentityModule } from '../identity/identity.module.ts';
import { LogsModule } from '../logs/logs.module.ts';
import { ChangeBusModule } from './change-bus.module.ts';
import { LiveAccess } from './live-access.ts';
import { LiveChannel } from './live.channel.ts';
import { Topics } from './topics.ts';

/** The live channel. */
@Module({ imports: [AppsModule, ChangeBusModule, DeploymentsModule, IdentityModule, LogsModule], providers: [LiveAccess, LiveChannel, Topics] })
export class RealtimeModule {}
