import { createServer, type Server } from 'node:http';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { FrontDoor } from '../door/front-door.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import type { RouteTable } from '../routing/route-table.ts';

export interface AdminParts {
  readonly table: RouteTable;
  readonly pool: InstancePool;
  readonly door: FrontDoor;
}

/** `/healthz` and `/metrics`, on a port that is never public. */
export function createAdminServer({ table, pool, door }: AdminParts): Server {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gauge(registry, 'weir_gateway_sockets', 'Open WebSockets of apps', () => pool.sockets);
  gauge(registry, 'weir_gateway_route_cursor', 'Cursor of the routes in force', () => table.cursor);
  gauge(registry, 'weir_gateway_routes', 'Routes in force', () => table.size);

  return createServer((message, response) => {
    if (message.url === '/healthz') {
      response.writeHead(door.isDraining ? 503 : 200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ ok: !door.isDraining, cursor: table.cursor }));
    } else if (message.url === '/metrics') {
      void registry.metrics().then(
        (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    } else {
      response.writeHead(404).end();
    }
  });
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
