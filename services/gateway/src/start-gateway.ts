import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@weir/telemetry';
import { createAdminServer } from './admin/admin-server.ts';
import { AppSeries } from './admin/app-series.ts';
import { Metrics } from './admin/metrics.ts';
import { AssetCache } from './assets/asset-cache.ts';
import { Shells } from './assets/shells.ts';
import type { GatewayConfig } from './config.ts';
import { AddressLimits } from './door/address-limits.ts';
import { affordableConnections, ownLimits } from './door/affordable-connections.ts';
import { Certificates } from './door/certificates.ts';
import { FrontDoor, type ConnectionRefusal, type Listener } from './door/front-door.ts';
import { HttpHandler } from './door/http-handler.ts';
import { HttpServer, type ProtocolRefusal } from './door/http-server.ts';
import { Schemes } from './door/schemes.ts';
import { SocketHandler } from './door/socket-handler.ts';
import { StrictHandler } from './door/strict-handler.ts';
import { StrictServer } from './door/strict-server.ts';
import { Traffic } from './door/traffic.ts';
import { TrustedProxies } from './door/trusted-proxies.ts';
import { Gateway } from './gateway.ts';
import type { Destination } from './resolution.ts';
import type { Peer } from './request/visit.ts';
import { ActivityReporter, type ActivitySink } from './instances/activity-reporter.ts';
import { Affinity } from './instances/affinity.ts';
import { InstancePool } from './instances/instance-pool.ts';
import { Turnstile } from './instances/turnstile.ts';
import { Waker, type WakeSink } from './instances/waker.ts';
import { Reception } from './reception.ts';
import { TabDesk } from './tab/tab-desk.ts';
import { followRoutes, type RouteSource } from './routing/route-feed.ts';
import { RouteTable } from './routing/route-table.ts';
import { Router } from './routing/router.ts';
import { affinityKey, SnapshotFile } from './routing/snapshot-file.ts';
import { parseAddress } from './transport/address.ts';
import { Proxy } from './transport/proxy.ts';

export interface RunningGateway {
  readonly table: RouteTable;
  readonly pool: InstancePool;
  /** In the order of `WEIR_LISTEN` and then `WEIR_TLS_LISTEN`, without addresses this machine lacks. */
  readonly ports: readonly number[];
  readonly adminPort: number;
  /** Connections that are open. */
  readonly connections: number;
  /** Drains for at most so long, and ends. */
  stop(drainMs: number): Promise<void>;
}

const CEILING_OF_APPS = 0.9;

/**
 * Puts the gateway together by hand. The routes on disk are in force before the first connection is taken.
 *
 * @param lines takes one line for each request and each socket
 */
export async function startGateway(config: GatewayConfig, controlPlane: RouteSource & ActivitySink & WakeSink, log: Logger, lines = log): Promise<RunningGateway> {
  const table = new RouteTable();
  const pool = new InstancePool();
  const turnstile = new Turnstile();
  const metrics = new Metrics();
  const series = new AppSeries(config.WEIR_METRICS_APPS);
  const file = new SnapshotFile(config.WEIR_SNAPSHOT_FILE, log);
  const stored = file.load();
  if (stored) table.apply({ ...stored, full: true, removed: [] });
  table.on('applied', () => void file.save(() => table.snapshot()));

  const key = await affinityKey(config.WEIR_SNAPSHOT_FILE, log);
  const services = { 'control-plane': parseAddress(config.WEIR_CONTROL_PLANE_URL), worker: parseAddress(config.WEIR_WORKER_URL), console: parseAddress(config.WEIR_CONSOLE_INTERNAL_URL) };
  const waker = new Waker(table, controlPlane, log);
  waker.on('ended', (_, outcome, tookMs) => metrics.wakeEnded(outcome, tookMs));
  const gatewayOf = (scheme: Peer['scheme']): Gateway => {
    const affinity = new Affinity(key, scheme === 'https');
    return new Gateway({ router: new Router(table, scheme), reception: new Reception({ table, pool, affinity, waker, turnstile, desk: new TabDesk(affinity) }), services });
  };
  const plain = gatewayOf('http');
  const resolver = new Schemes({ http: plain, https: gatewayOf('https') }, config.WEIR_HTTPS_PORT);

  const ceiling = affordableConnections(config.WEIR_MAX_CONNECTIONS, ownLimits());
  if (ceiling < config.WEIR_MAX_CONNECTIONS) log.warn({ ceiling, wanted: config.WEIR_MAX_CONNECTIONS }, 'door.open_files_too_few');
  const traffic = new Traffic({
    pool,
    turnstile,
    series,
    metrics,
    lines,
    addresses: new AddressLimits({ open: config.WEIR_MAX_CONNECTIONS_PER_ADDRESS }),
    appOpen: config.WEIR_MAX_CONNECTIONS_PER_APP,
    appsOpen: Math.floor(ceiling * CEILING_OF_APPS),
  });
  const proxies = new TrustedProxies(config.WEIR_TRUSTED_PROXIES);
  const maxBodyBytes = config.WEIR_MAX_BODY_MIB * 2 ** 20;
  const shells = new Shells(log);
  const proxy = new Proxy(maxBodyBytes, shells);
  const refused = (reason: ConnectionRefusal | ProtocolRefusal): void => metrics.refused.add(reason);
  const parts = { table, resolver, noteUse: (destination: Destination) => plain.noteUse(destination), pool, proxies, traffic, proxy, shells, maxBodyBytes, malformed: () => refused('malformed'), log };
  const sockets = new SocketHandler(parts);
  const { upgrade, relays } = sockets;
  const http = new HttpServer({ request: new HttpHandler(parts).request, upgrade, refused });
  const server = config.WEIR_HTTP_READER === 'node' ? http : new StrictServer({ request: new StrictHandler(parts).request, upgrade, assets: new AssetCache(log), shells, refused }, http);
  table.on('applied', () => relays.closeGone());
  const certificates = config.WEIR_TLS_CERTIFICATES.length > 0 ? new Certificates(config.WEIR_TLS_CERTIFICATES, log) : undefined;
  const door = new FrontDoor({
    server,
    relays,
    limits: new AddressLimits({ open: config.WEIR_MAX_CONNECTIONS_PER_ADDRESS, newPerSecond: config.WEIR_MAX_NEW_CONNECTIONS_PER_ADDRESS }),
    ceiling,
    proxies,
    certificates,
    refused,
    log,
  });
  const ports = await listenOnAll(door, listenersOf(config), log);
  const admin = createAdminServer({ table, door, pool, traffic, series, metrics });
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
    get connections() {
      return door.connections;
    },
    async stop(drainMs) {
      await door.drain(drainMs);
      sockets.close();
      reporter.stop();
      following.abort();
      await followed;
      proxy.close();
      certificates?.close();
      admin.close();
      admin.closeAllConnections();
    },
  };
}

function listenersOf(config: GatewayConfig): Listener[] {
  const listeners = (addresses: readonly string[], tls: boolean): Listener[] =>
    addresses.map((address) => ({ address: parseAddress(address), tls, proxyProtocol: config.WEIR_PROXY_PROTOCOL_LISTEN.includes(address) }));
  return [...listeners(config.WEIR_LISTEN, false), ...listeners(config.WEIR_TLS_LISTEN, true)];
}

/** A machine may lack one of the addresses, `::1` mostly; the others serve. */
async function listenOnAll(door: FrontDoor, listeners: readonly Listener[], log: Logger): Promise<number[]> {
  const ports: number[] = [];
  const missing: unknown[] = [];
  for (const listener of listeners) {
    await door.listen(listener).then(
      (port) => ports.push(port),
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT') throw error;
        log.warn({ err: error, address: listener.address }, 'listen.no_such_address');
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
