import { z } from 'zod';
import { GatewaySettings } from './gateway-settings.ts';
import { appsDomainOf, consoleUrlOf } from './operator-names.ts';
import { WorkerSettings } from './worker-settings.ts';
import { Refusal } from './refusal.ts';

/** What an operator chose at a start. The next start keeps what it does not name. */
export const Settings = z.object({
  /** The public port. */
  port: z.number().default(8080),
  /** Where the gateway listens beside loopback: ADDRESS, or ADDRESS:PORT where that is not the public one. */
  listen: z.array(z.string()).default([]),
  allowedGitHosts: z.array(z.string()).default([]),
  /** PostgreSQL from outside; without it the embedded one is used. */
  databaseUrl: z.string().nullable().default(null),
  redisUrl: z.string().nullable().default(null),
  /** Where people find the console, if not on this machine's own name. */
  consoleUrl: z.string().nullable().default(null),
  /** The domain below which every app has its hostname. */
  appsDomain: z.string().nullable().default(null),
  /** Apps start even where nothing keeps them from this host, each other and private networks. */
  trustTenants: z.boolean().default(false),
  gateway: GatewaySettings.default({}),
  worker: WorkerSettings.default({}),
});
export type Settings = z.infer<typeof Settings>;

/** What this environment chooses. A name that is given empty is the default again; a store is never left by an oversight. */
export const settingsOf = ({ DATABASE_URL, REDIS_URL, WEIR_CONSOLE_URL, WEIR_APPS_DOMAIN, WEIR_TRUST_TENANTS }: NodeJS.ProcessEnv): Partial<Settings> => ({
  ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
  ...(REDIS_URL && { redisUrl: REDIS_URL }),
  ...(WEIR_CONSOLE_URL !== undefined && { consoleUrl: consoleUrlOf(WEIR_CONSOLE_URL.trim()) }),
  ...(WEIR_APPS_DOMAIN !== undefined && { appsDomain: appsDomainOf(WEIR_APPS_DOMAIN.trim()) }),
  ...(WEIR_TRUST_TENANTS !== undefined && { trustTenants: trustOf(WEIR_TRUST_TENANTS.trim()) }),
});

/** A slip of the pen must not take the fence away. @throws Refusal */
function trustOf(text: string): boolean {
  if (!['true', 'false', ''].includes(text)) throw new Refusal('trust_tenants.invalid', 'WEIR_TRUST_TENANTS is either true or false.');
  return text === 'true';
}

/** What `--allow-git-host` says. @throws Refusal */
export function gitHostOf(text: string): string {
  if (!/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i.test(text)) throw new Refusal('git_host.invalid', `${text.slice(0, 80)} is not a host: write HOST or HOST:PORT.`);
  return text.toLowerCase();
}
