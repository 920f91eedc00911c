import { chmodSync, cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolder, type Endpoint } from '../data-folder.ts';
import { makeKeys } from '../keys.ts';

/** Where the containers of `docker-compose.yml` find one another. */
export interface ComposePlan {
  readonly endpoint: Endpoint;
  /** HOST:PORT, as the control plane reaches it. */
  readonly postgres: string;
  /** HOST:PORT, as the control plane and the worker reach it. */
  readonly redis: string;
  /** Folder of the examples that apps can start from. */
  readonly examples: string;
}

const DATABASE = 'weir';

/**
 * Prepares the folder of an installation that Compose runs; may be repeated. It is a data folder, so
 * `--data-dir` takes it, and `keys/<service>` in it holds what that one container is given.
 *
 * The files in `keys` are readable by all, for containers run as users that this host does not know.
 * The folder around them is closed to everybody but root.
 */
export function composeFolder(path: string, { endpoint, postgres, redis, examples }: ComposePlan): DataFolder {
  const data = new DataFolder(path);
  const installation = data.open();
  chmodSync(data.path, 0o700);
  makeKeys(data);
  data.secret('redis-password');
  data.endpoint = endpoint;
  const key = (name: string): string => data.read(name).trim();
  const redisUrl = `redis://:${key('redis-password')}@${redis}/0`;
  const shared = { installation, 'internal-token': key('internal-token') };
  const keys: Record<string, Record<string, string>> = {
    postgres: { password: key('postgres-password') },
    redis: { 'redis.conf': redisConf(key('redis-password')) },
    'control-plane': {
      ...shared,
      'database-url': `postgresql://postgres:${key('postgres-password')}@${postgres}/${DATABASE}`,
      'redis-url': redisUrl,
      ...Object.fromEntries(['master-key', 'cli-token', 'queue-password'].map((name) => [name, key(name)])),
    },
    worker: { ...shared, 'redis-url': redisUrl },
    gateway: { 'internal-token': shared['internal-token'] },
  };
  for (const [service, files] of Object.entries(keys)) giveKeys(data.file('keys', service), files);
  // The engine mounts examples into sandboxes, so they lie where it can see them.
  cpSync(examples, data.file('worker', 'examples'), { recursive: true });
  return data;
}

function giveKeys(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  for (const [name, text] of Object.entries(files)) {
    const draft = join(folder, `.${name}.new`);
    writeFileSync(draft, text, { mode: 0o444 });
    renameSync(draft, join(folder, name));
  }
}

/** The queue of builds must survive a restart, and nothing in it may be evicted. */
const redisConf = (password: string): string => ['dir /data', 'appendonly yes', 'maxmemory-policy noeviction', `requirepass ${password}`, ''].join('\n');
