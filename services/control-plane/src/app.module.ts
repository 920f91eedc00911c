import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import type { Logger } from '@weir/telemetry';
import { AppsModule } from './apps/apps.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import type { Config } from './config.ts';
import { DeploymentsModule } from './deployments/deployments.module.ts';
import { DocsModule } from './docs/docs.module.ts';
import { ExamplesModule } from './examples/examples.module.ts';
import { HostnamesModule } from './hostnames/hostnames.module.ts';
import { Idempotency } from './http/idempotency.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { IdentityModule } from './identity/identity.module.ts';
import { InternalModule } from './internal/internal.module.ts';
import { LogsModule } from './logs/logs.module.ts';
import { PlatformModule } from './platform.module.ts';
import { PythonsModule } from './pythons/pythons.module.ts';
import { RealtimeModule } from './realtime/realtime.module.ts';
import { ReleasesModule } from './releases/releases.module.ts';
import { RepositoriesModule } from './repositories/repositories.module.ts';
import { RoutesModule } from './routes/routes.module.ts';
import { SecretsModule } from './secrets/secrets.module.ts';

/** The control plane, put together. */
@Module({
  imports: [
    AppsModule, AuditModule, DeploymentsModule, DocsModule, ExamplesModule, HostnamesModule, IdentityModule, PythonsModule, ReleasesModule, RepositoriesModule, SecretsModule,
    InternalModule, LogsModule, RealtimeModule, RoutesModule,
  ],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }, { provide: APP_INTERCEPTOR, useClass: Idempotency }],
})
export class AppModule {
  static with(config: Config, log: Logger): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(config, log)] };
  }
}
