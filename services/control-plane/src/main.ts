import { loadConfig } from '@weir/config';
import { runProcess } from '@weir/process';
import { serve } from '@weir/process/nest';
import { createLogger } from '@weir/telemetry';
import { Config, configSchema } from './config.ts';
import { createApp } from './create-app.ts';

const config = new Config(loadConfig(configSchema));
const log = createLogger({ process: 'control-plane', level: config.logLevel });

await runProcess({ log, stopLimitMs: 10_000 }, async () => serve(await createApp(config, log), config));
