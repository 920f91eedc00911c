import { loadConfig } from '@weir/config';
import { runProcess } from '@weir/process';
import { serve } from '@weir/process/nest';
import { createLogger } from '@weir/telemetry';
import { checkRuntime } from './check-runtime.ts';
import { WorkerConfig } from './config.ts';
import { createApp } from './create-app.ts';
import { withHostImages } from './host-images.ts';

const config = loadConfig(WorkerConfig);
const log = createLogger({ process: 'worker', level: config.WEIR_LOG_LEVEL });

await checkRuntime(config.WEIR_CONTAINER_RUNTIME, log);
await runProcess({ log, stopLimitMs: 20_000 }, async () => serve(await createApp(await withHostImages(config, log), log), { host: config.WEIR_HOST, port: config.WEIR_PORT }));
