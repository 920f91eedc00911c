import { commaList, port, secret } from '@weir/config';
import { DEFAULT_LIMITS, isAppsDomain } from '@weir/domain';
import { LOG_LEVELS, type LogLevel } from '@weir/telemetry';
import { z } from 'zod';

const origin = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin);

/** What the control plane reads from its environment. */
export const configSchema = z.object({
  WEIR_HOST: z.string().default('127.0.0.1').describe('Address that the API listens on.'),
  WEIR_PORT: port().describe('Its port.'),
  WEIR_INSTALLATION: z.string().regex(/^[a-z2-7]{8}$/).describe("The installation's id."),
  WEIR_DATA_DIR: z.string().describe("The installation's data folder."),
  WEIR_INTERNAL_TOKEN: secret().min(32).describe('Shared by the processes of one installation; authenticates internal calls.'),
  WEIR_LOG_LEVEL: z.enum(LOG_LEVELS).default('info').describe('Lowest level that is logged.'),
  DATABASE_URL: secret().startsWith('postgres').describe('The PostgreSQL database.'),
  REDIS_URL: secret().optional().describe('Redis for the queue and the live channels; without it PostgreSQL carries them.'),
  WEIR_CONSOLE_URL: origin.describe('Where people open the console, such as http://console.localhost:8080.'),
  WEIR_APPS_DOMAIN: z.string().refine(isAppsDomain, 'a name like apps.example.net, or NAME:PORT').describe('Apps are at HOSTNAME.<this>; may end in a port.'),
  WEIR_MASTER_KEY_FILE: z.string().describe('File with the key-encryption key: 32 bytes in base64.'),
  WEIR_CLI_TOKEN_FILE: z.string().optional().describe("File with the token of the owner's command line."),
  WEIR_WORKER_URL: z.url().describe("The worker's internal address."),
  WEIR_ALLOWED_GIT_HOSTS: commaList().describe('HOST or HOST:PORT whose repositories may be private addresses or plain http, comma separated.'),
  WEIR_EXAMPLES_DIR: z.string().describe('Folder of the examples.'),
  WEIR_KEPT_RELEASES: z.coerce.number().int().min(0).max(100).default(5).describe('Releases of each app, besides the live one, whose images are kept for a rollback.'),
  WEIR_MAX_BUILDS_PER_WORKSPACE: z.coerce.number().int().min(0).default(0).describe('Builds of one workspace at once, over all hosts; 0: as many as there are places, while nobody else waits.'),
  WEIR_MAX_QUEUED_BUILDS: z.coerce.number().int().min(1).default(100).describe('Builds of one workspace that may wait; a further one is refused. An app has one at most.'),
  WEIR_MAX_MEMORY_MIB: z.coerce.number().int().min(64).default(4 * DEFAULT_LIMITS.memoryMib).describe('Most memory an app may ask for.'),
  WEIR_MAX_CPUS: z.coerce.number().min(0.1).default(4 * DEFAULT_LIMITS.cpus).describe('Most processors an app may ask for.'),
  WEIR_MAX_PIDS: z.coerce.number().int().min(16).default(4 * DEFAULT_LIMITS.pids).describe('Most processes an app may ask for.'),
});

/** Settings of this process; also the token by which they are injected. */
export class Config {
  readonly host: string;
  readonly port: number;
  readonly installation: string;
  readonly dataDir: string;
  readonly internalToken: string;
  readonly logLevel: LogLevel;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  /** An origin, without a trailing slash. */
  readonly consoleUrl: string;
  readonly appsDomain: string;
  readonly masterKeyFile: string;
  readonly cliTokenFile: string | undefined;
  readonly workerUrl: string;
  readonly allowedGitHosts: readonly string[];
  readonly examplesDir: string;
  readonly keptReleases: number;
  readonly builds: { readonly mostPerWorkspace: number; readonly mostQueued: number };
  readonly maxLimits: { readonly memoryMib: number; readonly cpus: number; readonly pids: number };

  constructor(env: z.infer<typeof configSchema>) {
    this.host = env.WEIR_HOST;
    this.port = env.WEIR_PORT;
    this.installation = env.WEIR_INSTALLATION;
    this.dataDir = env.WEIR_DATA_DIR;
    this.internalToken = env.WEIR_INTERNAL_TOKEN;
    this.logLevel = env.WEIR_LOG_LEVEL;
    this.databaseUrl = env.DATABASE_URL;
    this.redisUrl = env.REDIS_URL;
    this.consoleUrl = env.WEIR_CONSOLE_URL;
    this.appsDomain = env.WEIR_APPS_DOMAIN;
    this.masterKeyFile = env.WEIR_MASTER_KEY_FILE;
    this.cliTokenFile = env.WEIR_CLI_TOKEN_FILE;
    this.workerUrl = env.WEIR_WORKER_URL;
    this.allowedGitHosts = env.WEIR_ALLOWED_GIT_HOSTS;
    this.examplesDir = env.WEIR_EXAMPLES_DIR;
    this.keptReleases = env.WEIR_KEPT_RELEASES;
    this.builds = { mostPerWorkspace: env.WEIR_MAX_BUILDS_PER_WORKSPACE || Infinity, mostQueued: env.WEIR_MAX_QUEUED_BUILDS };
    this.maxLimits = { memoryMib: env.WEIR_MAX_MEMORY_MIB, cpus: env.WEIR_MAX_CPUS, pids: env.WEIR_MAX_PIDS };
    Object.freeze(this);
  }

  /** Whether browsers reach the console over TLS, so that cookies must be bound to it. */
  get secure(): boolean {
    return this.consoleUrl.startsWith('https:');
  }
}
