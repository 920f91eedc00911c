import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@weir/telemetry';
import { ActivityReporter, type ActivitySink } from './instances/activity-reporter.ts';
import { AssetCache } from './assets/asset-cache.ts';
import { parseAddress } from './transport/address.ts';
import { createAdminServer } from './admin/admin-server.ts';
import { Affinity } from './instances/affinity.ts';
import type { GatewayConfig } from './config.ts';
import { FrontDoor } from './door/front-door.ts';
import { HttpHandler } from './door/http-handler.ts';
import { HttpServer } from './door/http-server.ts';
import { StrictServer } from './door/strict-server.ts';
import { Gateway } from './gateway.ts';
import { InstancePool } from './instances/instance-pool.ts';
import { Proxy } from './transport/proxy.ts';
import { followRoutes, type RouteSource } from './routing/route-feed.ts';
import { RouteTable } from './routing/route-table.ts';
import { Router } from './routing/router.ts';
import { affinityKey, SnapshotFile } from './routing/snapshot-file.ts';

export interface RunningGateway {
  readonly table: RouteTable;
  readonly pool: InstancePool;
  /** In the order of `WEIR_LISTEN`, without addresses this machine lacks. */
  readonly ports: readonly number[];
  readonly adminPort: number;
  /** Drains for at most so long, and ends. */
  stop(drainMs: number): Promise<void>;
}

const SCHEME = 'http';

/** Puts the gateway together by hand. The routes on disk are in force before the first connection is taken. */
export async function startGateway(config: GatewayConfig, controlPlane: RouteSource & ActivitySink, log: Logger): Promise<RunningGateway> {
  const table = new RouteTable();
  const pool = new InstancePool();
  const file = new SnapshotFile(config.WEIR_SNAPSHOT_FILE, log);
  const stored = file.load();
  if (stored) table.apply({ ...stored, full: true, removed: [] });
  table.on('applied', () => void file.save(() => table.snapshot()));

  const proxy = new Proxy();
  const gateway = new Gateway({
    router: new Router(table, SCHEME),
    pool,
    affinity: new Affinity(await affinityKey(config.WEIR_SNAPSHOT_FILE), false),
    services: { 'control-plane': parseAddress(config.WEIR_CONTROL_PLANE_URL), worker: parseAddress(config.WEIR_WORKER_URL), console: parseAddress(config.WEIR_CONSOLE_INTERNAL_URL) },
  });

  const handler = new HttpHandler({ gateway, pool, proxy, log });
  const http = new HttpServer(handler);
  const server = config.WEIR_HTTP_READER === 'node' ? http : new StrictServer({ request: handler.forward, upgrade: handler.upgrade, assets: new AssetCache(log) }, http);
  const door = new FrontDoor({ server, relays: handler.relays, scheme: SCHEME, log });
  const ports = await listenOnAll(door, config.WEIR_LISTEN, log);
  const admin = createAdminServer({ table, pool, door });
  const adminPort = await listenOnLoopback(admin, config.WEIR_ADMIN_PORT);

  const reporter = new ActivityReporter(pool, table, controlPlane, log);
  reporter.start();
  const following = new AbortController();
  const followed = followRoutes(controlPlane, table, log, following.signal);

  return {
    table,
    pool,
    ports,
    adminPort,
    async stop(drainMs) {
      await door.drain(drainMs);
      reporter.stop();
      following.abort();
      await followed;
      proxy.close();
      admin.close();
      admin.closeAllConnections();
    },
  };
}

/** A machine may lack one of the addresses, `::1` mostly; the others serve. */
async function listenOnAll(door: FrontDoor, addresses: readonly string[], log: Logger): Promise<number[]> {
  const ports: number[] = [];
  const missing: unknown[] = [];
  for (const address of addresses) {
    await door.listen(parseAddress(address)).then(
      (port) => ports.push(port),
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT') throw error;
        log.warn({ err: error, address }, 'listen.no_such_address');
        missing.push(error);
      },
    );
  }
  if (ports.length === 0) throw new AggregateError(missing, 'no address to listen on');
  return ports;
}

async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
