/** Fields that are never written to a log, whoever passes them, down to three levels below the line. */
const FIELDS = [
  'authorization', 'cookie', 'set-cookie', 'x-api-key', 'password', 'passphrase', 'secret', 'secrets', 'toml', 'environment',
  'token', 'accessToken', 'internalToken', 'session', 'signInUrl', 'masterKey', 'dataKey', 'privateKey', 'connectionString', 'databaseUrl', 'redisUrl',
  'DATABASE_URL', 'QUEUE_DATABASE_URL', 'REDIS_URL', 'WEIR_INTERNAL_TOKEN', 'WEIR_TOKEN',
] as const;

const key = (field: string): string => `["${field}"]`;

/** Redaction paths for pino. */
export const REDACTED_PATHS: readonly string[] = FIELDS.flatMap((field) => [key(field), `*${key(field)}`, `*.*${key(field)}`, `*.*.*${key(field)}`]);

export const REDACTED_FIELDS: readonly string[] = FIELDS;

/** What stands in a secret's place. A number stays: a phase named `environment` has a time, a secret is a text or an object. */
export const censor = (value: unknown): unknown => (typeof value === 'number' ? value : '[redacted]');
