import { z } from 'zod';
import { GatewaySettings } from './gateway-settings.ts';
import { Refusal } from './refusal.ts';

/** What an operator chose at a start. The next start keeps what it does not name. */
export const Settings = z.object({
  /** The public port. */
  port: z.number().default(8080),
  allowedGitHosts: z.array(z.string()).default([]),
  /** PostgreSQL from outside; without it the embedded one is used. */
  databaseUrl: z.string().nullable().default(null),
  redisUrl: z.string().nullable().default(null),
  /** Where people find the console, if not on this machine's own name. */
  consoleUrl: z.string().nullable().default(null),
  /** The domain below which every app has its hostname. */
  appsDomain: z.string().nullable().default(null),
  gateway: GatewaySettings.default({}),
});
export type Settings = z.infer<typeof Settings>;

/** Variables that choose at a start, and what each chooses. */
const VARIABLES = { DATABASE_URL: 'databaseUrl', REDIS_URL: 'redisUrl', WEIR_CONSOLE_URL: 'consoleUrl', WEIR_APPS_DOMAIN: 'appsDomain' } as const;

export const settingsOf = (env: NodeJS.ProcessEnv): Partial<Settings> =>
  Object.fromEntries(Object.entries(VARIABLES).flatMap(([variable, setting]) => (env[variable] ? [[setting, env[variable]]] : [])));

/** What `--port` says. @throws Refusal */
export function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal('port.invalid', `${text.slice(0, 80)} is not a port: give a number from 1 to 65535.`);
  return port;
}

/** What `--allow-git-host` says. @throws Refusal */
export function gitHostOf(text: string): string {
  if (!/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i.test(text)) throw new Refusal('git_host.invalid', `${text.slice(0, 80)} is not a host: write HOST or HOST:PORT.`);
  return text.toLowerCase();
}
