import { type DynamicModule, Global, Module } from '@nestjs/common';
import { InternalClient } from '@weir/api-client';
import type { Logger } from '@weir/telemetry';
import { BuildsModule } from './builds/builds.module.ts';
import { LOGGER, WORKER_CONFIG, type WorkerConfig } from './config.ts';
import { HealthController } from './health.controller.ts';
import { ImagesController } from './instances/images.controller.ts';
import { InstancesModule } from './instances/instances.module.ts';

@Global()
@Module({})
class Surroundings {
  static with(config: WorkerConfig, logger: Logger): DynamicModule {
    const providers = [{ provide: WORKER_CONFIG, useValue: config }, { provide: LOGGER, useValue: logger }];
    return { module: Surroundings, providers, exports: providers };
  }
}

/** The worker: builds, and instances where configuration wants them on this host. */
@Module({})
export class AppModule {
  static with(config: WorkerConfig, logger: Logger): DynamicModule {
    const client = new InternalClient({ baseUrl: config.WEIR_CONTROL_PLANE_URL, token: config.WEIR_INTERNAL_TOKEN });
    const instances = { installation: config.WEIR_INSTALLATION, dataDir: config.WEIR_DATA_DIR, runtime: config.WEIR_CONTAINER_RUNTIME, dockerHost: config.DOCKER_HOST, canaryImage: Object.values(config.WEIR_BASE_IMAGES)[0], trustTenants: config.WEIR_TRUST_TENANTS, client, logger };
    return {
      module: AppModule,
      imports: [Surroundings.with(config, logger), BuildsModule.with({ config, client, logger }), ...(config.WEIR_INSTANCES ? [InstancesModule.with(instances)] : [])],
      controllers: [HealthController, ...(config.WEIR_INSTANCES ? [ImagesController] : [])],
    };
  }
}
