import { z } from 'zod';

const address = z.url({ protocol: /^https?$/ });

const Schema = z.object({
  WEIR_API_URL: address.default('http://127.0.0.1:4000').describe('The control plane, as this server reaches it'),
  WEIR_CONSOLE_URL: address.default('http://console.localhost:8080').describe('The address people open; it is the Origin of what the console asks'),
});

export interface ConsoleConfig {
  readonly apiUrl: string;
  /** Scheme, host and port of the address people open. */
  readonly origin: string;
  /** The same without its scheme, for people. */
  readonly host: string;
  /** Whether cookies may say `Secure`. */
  readonly secure: boolean;
}

/** @throws ZodError with all problems, if a key cannot be used */
export function parseConsoleConfig(env: Readonly<Record<string, string | undefined>>): ConsoleConfig {
  const { WEIR_API_URL, WEIR_CONSOLE_URL } = Schema.parse({ WEIR_API_URL: env['WEIR_API_URL'] || undefined, WEIR_CONSOLE_URL: env['WEIR_CONSOLE_URL'] || undefined });
  const url = new URL(WEIR_CONSOLE_URL);
  return { apiUrl: WEIR_API_URL, origin: url.origin, host: url.host, secure: url.protocol === 'https:' };
}

let parsed: ConsoleConfig | undefined;

/** The running process's configuration, read when first asked: the build has none. */
export const consoleConfig = (): ConsoleConfig => (parsed ??= parseConsoleConfig(process.env));
