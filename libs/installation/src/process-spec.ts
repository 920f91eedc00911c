import type { DataFolder } from './data-folder.ts';
import type { PackageSources } from './package-sources.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import type { WorkerSettings } from './worker-settings.ts';
import type { Ports } from './ports.ts';
import { postgresArguments, programEnvironment } from './postgres/server.ts';
import type { PostgresHome } from './postgres/home.ts';

/** One process under the supervisor. */
export interface ProcessSpec {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Asks it to end in good order. */
  readonly stopSignal: NodeJS.Signals;
  /** Answers with 200 once it is ready; absent where the supervisor does not wait. */
  readonly readyUrl?: string;
}

/** What `up` decided, written to `plan.json` so that a detached supervisor runs the same. */
export interface UpPlan {
  readonly root: string;
  readonly dataDir: string;
  readonly port: number;
  readonly listen: readonly string[];
  readonly ports: Ports;
  /** Not set where DATABASE_URL names an outside one. */
  readonly postgres: PostgresHome | null;
  readonly databaseUrl: string;
  readonly queueUrl: string;
  readonly redisUrl: string | null;
  readonly consoleUrl: string;
  readonly appsDomain: string;
  readonly gateway: GatewaySettings;
  readonly worker: WorkerSettings;
  readonly allowedGitHosts: readonly string[];
  readonly trustTenants: boolean;
  readonly baseImages: Readonly<Record<string, string>>;
  readonly builderImages: Readonly<Record<string, string>>;
  readonly sources: PackageSources;
}

const loopback = (port: number): string => `http://127.0.0.1:${port}`;

/**
 * A small young generation: with thousands of idle sockets, what was freed in a large one is most of what they take.
 *
 * Nothing is allocated as old from the start: while it starts, V8 learns from sockets that live long, and later puts a
 * part of every socket among the old, where a dead one keeps all the others that it points to alive.
 */
export const GATEWAY_NODE_OPTIONS = ['--max-semi-space-size=2', '--no-allocation-site-pretenuring'];

/** The processes of one installation, in the order in which they start. */
export function processSpecs(plan: UpPlan, data: DataFolder): ProcessSpec[] {
  const { ports, root } = plan;
  const common = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    TZ: process.env['TZ'],
    NODE_EXTRA_CA_CERTS: plan.sources.caBundle,
    WEIR_INSTALLATION: data.installation,
    WEIR_DATA_DIR: plan.dataDir,
    WEIR_INTERNAL_TOKEN_FILE: data.secret('internal-token'),
    WEIR_LOG_LEVEL: process.env['WEIR_LOG_LEVEL'] ?? 'info',
  };
  const service = (name: string, script: string, env: NodeJS.ProcessEnv, readyUrl: string, nodeOptions: readonly string[] = []): ProcessSpec => ({
    name, readyUrl, program: process.execPath, args: [...nodeOptions, '--enable-source-maps', `${root}/${script}`], cwd: root, stopSignal: 'SIGTERM', env: { ...common, ...env },
  });
  const shared = {
    WEIR_ALLOWED_GIT_HOSTS: plan.allowedGitHosts.join(','),
    WEIR_EXAMPLES_DIR: `${root}/examples`,
    ...(plan.redisUrl && { REDIS_URL: plan.redisUrl }),
  };
  const postgres: ProcessSpec[] = plan.postgres
    ? [{ name: 'postgres', program: `${plan.postgres.programs}/bin/postgres`, args: postgresArguments(plan.postgres, ports.postgres), env: programEnvironment(plan.postgres), cwd: '/', stopSignal: 'SIGINT', ...(plan.postgres.user && { user: plan.postgres.user }) }]
    : [];
  return [
    ...postgres,
    service('control-plane', 'services/control-plane/dist/main.js', {
      ...shared,
      WEIR_PORT: String(ports.controlPlane),
      DATABASE_URL: plan.databaseUrl,
      WEIR_CONSOLE_URL: plan.consoleUrl,
      WEIR_APPS_DOMAIN: plan.appsDomain,
      WEIR_MASTER_KEY_FILE: data.file('master-key'),
      WEIR_CLI_TOKEN_FILE: data.file('cli-token'),
      WEIR_WORKER_URL: loopback(ports.worker),
      WEIR_KEPT_RELEASES: process.env['WEIR_KEPT_RELEASES'],
      WEIR_MAX_BUILDS_PER_WORKSPACE: process.env['WEIR_MAX_BUILDS_PER_WORKSPACE'],
      WEIR_MAX_QUEUED_BUILDS: process.env['WEIR_MAX_QUEUED_BUILDS'],
    }, `${loopback(ports.controlPlane)}/internal/healthz`),
    service('worker', 'services/worker/dist/main.js', {
      ...plan.worker,
      ...shared,
      DOCKER_HOST: process.env['DOCKER_HOST'],
      WEIR_PORT: String(ports.worker),
      WEIR_CONTROL_PLANE_URL: loopback(ports.controlPlane),
      QUEUE_DATABASE_URL: plan.queueUrl,
      WEIR_BUILDS: process.env['WEIR_BUILDS'],
      WEIR_BUILD_MINUTES: process.env['WEIR_BUILD_MINUTES'],
      WEIR_INSTANCES: 'true',
      WEIR_TRUST_TENANTS: String(plan.trustTenants),
      WEIR_BASE_IMAGES: JSON.stringify(plan.baseImages),
      WEIR_BUILDER_IMAGES: JSON.stringify(plan.builderImages),
      WEIR_INDEX_URL: plan.sources.indexUrl,
      WEIR_CA_BUNDLE: plan.sources.caBundle,
      WEIR_EGRESS_HOSTS: plan.sources.egressHosts.join(','),
    }, `${loopback(ports.worker)}/internal/healthz`),
    service('console', 'apps/console/.next/standalone/apps/console/server.js', {
      PORT: String(ports.console),
      HOSTNAME: '127.0.0.1',
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
      WEIR_API_URL: loopback(ports.controlPlane),
      WEIR_CONSOLE_URL: plan.consoleUrl,
    }, `${loopback(ports.console)}/healthz`),
    service('gateway', 'services/gateway/dist/main.js', {
      ...plan.gateway,
      WEIR_LISTEN: plan.listen.join(','),
      WEIR_ADMIN_PORT: String(ports.gatewayAdmin),
      WEIR_CONTROL_PLANE_URL: loopback(ports.controlPlane),
      WEIR_WORKER_URL: loopback(ports.worker),
      WEIR_CONSOLE_INTERNAL_URL: loopback(ports.console),
      WEIR_SNAPSHOT_FILE: data.file('gateway', 'routes.json'),
    }, `${loopback(ports.gatewayAdmin)}/healthz`, GATEWAY_NODE_OPTIONS),
  ];
}
