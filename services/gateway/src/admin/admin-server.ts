import { createServer, type Server } from 'node:http';
import type { FrontDoor } from '../door/front-door.ts';
import type { Traffic } from '../door/traffic.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import type { RouteTable } from '../routing/route-table.ts';
import type { AppSeries } from './app-series.ts';
import type { Metrics } from './metrics.ts';

export interface AdminParts {
  readonly table: RouteTable;
  readonly door: FrontDoor;
  readonly pool: InstancePool;
  readonly traffic: Traffic;
  readonly series: AppSeries;
  readonly metrics: Metrics;
}

/** `/healthz` and `/metrics`, on a port that is never public. */
export function createAdminServer({ table, door, pool, traffic, series, metrics }: AdminParts): Server {
  metrics.gauge('weir_gateway_connections', 'Connections that are open', () => door.connections);
  metrics.gauge('weir_gateway_sockets', 'Open WebSockets of apps', () => pool.sockets);
  metrics.gauge('weir_gateway_route_cursor', 'Cursor of the routes in force', () => table.cursor);
  metrics.gauge('weir_gateway_routes', 'Routes in force', () => table.size);
  series.register(metrics.registry, () => traffic.loads());

  return createServer((message, response) => {
    if (message.url === '/healthz') {
      response.writeHead(door.isDraining ? 503 : 200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ ok: !door.isDraining, cursor: table.cursor }));
    } else if (message.url === '/metrics') {
      traffic.sweep();
      series.rank();
      void metrics.registry.metrics().then(
        (text) => response.writeHead(200, { 'Content-Type': metrics.registry.contentType }).end(text),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    } else {
      response.writeHead(404).end();
    }
  });
}
