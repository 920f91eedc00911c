/** Who may import whom: the picture in docs/architecture.md, as data. The lint rules and a test hold the code against it. */
export const EDGES: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  contracts: ['domain'],
  'api-client': ['contracts', 'domain'],
  config: [],
  telemetry: [],
  process: ['telemetry'],
  database: ['domain'],
  'secrets-crypto': ['domain'],
  'job-queue': ['contracts', 'domain'],
  'build-plan': ['domain'],
  'deploy-check': ['build-plan', 'domain'],
  'container-runtime': ['domain'],
  'container-runtime-docker': ['container-runtime', 'domain'],
  images: ['domain'],
  testing: ['domain', 'images'],
  installation: ['api-client', 'container-runtime-docker', 'domain', 'images'],
  'control-plane': ['config', 'contracts', 'database', 'domain', 'job-queue', 'process', 'secrets-crypto', 'telemetry'],
  worker: ['api-client', 'build-plan', 'config', 'container-runtime', 'container-runtime-docker', 'contracts', 'deploy-check', 'domain', 'images', 'job-queue', 'process', 'telemetry'],
  gateway: ['api-client', 'config', 'contracts', 'domain', 'process', 'telemetry'],
  console: ['api-client', 'contracts', 'domain'],
  cli: ['api-client', 'contracts', 'deploy-check', 'domain', 'installation'],
  e2e: ['api-client', 'contracts', 'domain'],
};

/** What few may hold, by the packages that give it. */
export const HOLDERS: readonly { readonly packages: string; readonly projects: readonly string[]; readonly why: string }[] = [
  { packages: '^(dockerode|docker-modem)', projects: ['container-runtime-docker', 'images', 'installation', 'testing', 'worker'], why: 'Docker is the worker’s.' },
  { packages: '^(@prisma/|pg$|pg/)', projects: ['database', 'control-plane', 'job-queue', 'installation'], why: 'The database is the control plane’s.' },
  { packages: '^(bullmq|ioredis)', projects: ['job-queue', 'control-plane'], why: 'The queue is reached through @weir/job-queue.' },
];
