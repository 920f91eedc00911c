import { installationId } from '@weir/domain';
import { ensureBaseImage, ensureStoresImage, releaseImages } from '@weir/images';
import Docker from 'dockerode';
import { randomBytes } from 'node:crypto';

// Its sweeper is an image of a registry. Before the import: it is read there.
process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
const { GenericContainer, Network, Wait } = await import('testcontainers');

export interface RunningStore {
  readonly url: string;
  stop(): Promise<void>;
}

interface Server {
  /** Its user in the image. */
  readonly user: string;
  readonly command: readonly string[];
  readonly ready: RegExp;
  readonly urlAt: (address: string) => string;
}

const REDIS: Server = {
  user: 'redis',
  command: ['redis-server', '--protected-mode', 'no', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
  ready: /Ready to accept connections/,
  urlAt: (address) => `redis://${address}:6379`,
};

const POSTGRES: Server = {
  user: 'postgres',
  command: ['sh', '-c', `set -e
    programs=$(echo /usr/lib/postgresql/*/bin)
    printf postgres > /tmp/password
    $programs/initdb --pgdata=/tmp/data --username=postgres --pwfile=/tmp/password --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync
    echo 'host all all all scram-sha-256' >> /tmp/data/pg_hba.conf
    exec $programs/postgres -D /tmp/data -c listen_addresses='*' -c unix_socket_directories= -c fsync=off`],
  ready: /ready to accept connections/,
  urlAt: (address) => `postgresql://postgres:postgres@${address}:5432/postgres`,
};

/** An empty Redis that keeps nothing. */
export const startRedis = (): Promise<RunningStore> => start(REDIS);

/** An empty PostgreSQL that forgets everything when stopped. The URL is its owner's. */
export const startPostgres = (): Promise<RunningStore> => start(POSTGRES);

/** On a network of its own and reached by its address there: nothing is published on this host. */
async function start({ user, command, ready, urlAt }: Server): Promise<RunningStore> {
  const docker = new Docker();
  const holder = installationId(randomBytes(8));
  const say = (): void => undefined;
  const base = await ensureBaseImage({ docker, installation: holder, python: '3.11', say });
  await ensureStoresImage({ docker, installation: holder, base, say });
  const network = await new Network().start();
  const container = await new GenericContainer(`weir-${holder}-stores`)
    .withLabels({ 'weir.kind': 'store', 'weir.installation': holder })
    .withNetwork(network)
    .withUser(user)
    .withCommand([...command])
    .withWaitStrategy(Wait.forLogMessage(ready))
    .start();
  return {
    url: urlAt(container.getIpAddress(network.getName())),
    async stop() {
      await container.stop();
      await network.stop();
      await releaseImages(docker, holder);
    },
  };
}
