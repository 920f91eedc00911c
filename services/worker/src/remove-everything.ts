import { loadConfig } from '@weir/config';
import { removeEverything } from '@weir/container-runtime-docker';
import { releaseImages } from '@weir/images';
import Docker from 'dockerode';
import { rm } from 'node:fs/promises';
import { WorkerConfig } from './config.ts';

/*
 * Run before this worker is taken off a host for good: removes the apps and all else that it made in
 * Docker, and its own files. The worker must not run meanwhile, or it starts the apps again.
 */
const config = loadConfig(WorkerConfig);
const docker = new Docker(); // it reads DOCKER_HOST itself
await removeEverything(docker, config.WEIR_INSTALLATION);
await releaseImages(docker, config.WEIR_INSTALLATION);
await rm(`/run/weir/${config.WEIR_INSTALLATION}`, { recursive: true, force: true });
for (const folder of ['builds', 'cache', 'git', 'worker']) await rm(`${config.WEIR_DATA_DIR}/${folder}`, { recursive: true, force: true });
