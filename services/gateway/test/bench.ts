import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayActivity, Route, RouteInstance, RouteUpdate } from '@weir/contracts';
import { newId, type AppId, type InstanceId, type ReleaseId } from '@weir/domain';
import { createLogger } from '@weir/telemetry';
import { vi } from 'vitest';
import type { GatewayConfig } from '../src/config.ts';
import { startGateway, type RunningGateway } from '../src/start-gateway.ts';
import { Upstream } from './upstream.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 }); // real sockets, on machines that are busy with other suites

let count = 0;
const randomness = (): Uint8Array => Uint8Array.from({ length: 16 }, (_, i) => (i === 0 ? ++count : i));
export const anApp = (): AppId => newId('app', 0, randomness());
const release = (): ReleaseId => newId('release', 0, randomness());
export const anInstance = (upstream: { address: string }, draining = false): RouteInstance => ({ id: newId('instance', 0, randomness()), attempt: 1, release: release(), address: upstream.address, state: draining ? 'draining' : 'serving' });

/** A control plane that answers long polls, and may be dead. */
export class ControlPlane {
  readonly activity: GatewayActivity[] = [];
  alive = true;
  #snapshot: RouteUpdate = { version: 2, full: true, removed: [], cursor: 1, consoleHost: 'console.localhost', routes: [] };
  #waiting = new Set<() => void>();

  set(routes: readonly Route[]): void {
    this.#snapshot = { ...this.#snapshot, cursor: this.#snapshot.cursor + 1, routes: [...routes] };
    for (const wake of this.#waiting) wake();
  }

  get cursor(): number {
    return this.#snapshot.cursor;
  }

  async routes(after: number, _waitMs: number, signal?: AbortSignal): Promise<RouteUpdate> {
    if (!this.alive) throw new Error('connect ECONNREFUSED');
    if (this.#snapshot.cursor > after) return this.#snapshot;
    await new Promise<void>((resolve, reject) => {
      this.#waiting.add(resolve);
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
    return this.#snapshot;
  }

  reportActivity(activity: GatewayActivity): Promise<void> {
    if (!this.alive) return Promise.reject(new Error('connect ECONNREFUSED'));
    this.activity.push(activity);
    return Promise.resolve();
  }

  /** Apps that somebody wanted awake, once for each time it was asked. */
  readonly woken: AppId[] = [];

  wake(app: AppId): Promise<void> {
    if (!this.alive) return Promise.reject(new Error('connect ECONNREFUSED'));
    this.woken.push(app);
    return Promise.resolve();
  }

  sockets(id: InstanceId): number | undefined {
    return this.activity.at(-1)?.instances.find((instance) => instance.id === id)?.sockets;
  }
}

let reader: GatewayConfig['WEIR_HTTP_READER'] = 'strict';

/** From now on, every gateway of this file reads requests so. */
export function readWith(chosen: typeof reader): void {
  reader = chosen;
}

export interface Bench {
  readonly controlPlane: ControlPlane;
  readonly gateway: RunningGateway;
  readonly port: number;
  readonly snapshotFile: string;
  readonly services: Readonly<Record<'controlPlane' | 'worker' | 'console', Upstream>>;
  route(hostname: string, app: AppId, instances: readonly RouteInstance[], status?: Route['status'], framework?: Route['framework']): Promise<void>;
  /** Another gateway process on the same snapshot file. */
  restart(controlPlane: ControlPlane, listen?: string[]): Promise<RunningGateway>;
  stop(): Promise<void>;
}

/** A gateway on free ports, between a control plane and tiny upstreams. */
export async function openBench(changes: Partial<GatewayConfig> = {}, log = createLogger({ process: 'gateway', level: 'silent' })): Promise<Bench> {
  const controlPlane = new ControlPlane();
  const services = { controlPlane: await Upstream.open('control-plane'), worker: await Upstream.open('worker'), console: await Upstream.open('console') };
  const snapshotFile = join(mkdtempSync(join(tmpdir(), 'weir-gateway-')), 'routes.json');
  const config: GatewayConfig = {
    WEIR_LISTEN: ['127.0.0.1:0'],
    WEIR_ADMIN_PORT: 0,
    WEIR_CONTROL_PLANE_URL: `http://${services.controlPlane.address}`,
    WEIR_WORKER_URL: `http://${services.worker.address}`,
    WEIR_CONSOLE_INTERNAL_URL: `http://${services.console.address}`,
    WEIR_INTERNAL_TOKEN: 'token',
    WEIR_SNAPSHOT_FILE: snapshotFile,
    WEIR_HTTP_READER: reader,
    WEIR_LOG_LEVEL: 'silent',
    WEIR_TLS_LISTEN: [],
    WEIR_TLS_CERTIFICATES: [],
    WEIR_HTTPS_PORT: undefined,
    WEIR_TRUSTED_PROXIES: [],
    WEIR_PROXY_PROTOCOL_LISTEN: [],
    WEIR_MAX_CONNECTIONS: 20_000,
    WEIR_MAX_CONNECTIONS_PER_ADDRESS: 2_000,
    WEIR_MAX_NEW_CONNECTIONS_PER_ADDRESS: 500,
    WEIR_MAX_CONNECTIONS_PER_APP: 5_000,
    WEIR_MAX_BODY_MIB: 4_096,
    WEIR_METRICS_APPS: 100,
    ...changes,
  };
  const gateway = await startGateway(config, controlPlane, log);
  const routes = new Map<string, Route>();
  return {
    controlPlane,
    gateway,
    port: gateway.ports[0] ?? 0,
    snapshotFile,
    services,
    async route(hostname, app, instances, status = 'live', framework = { name: 'streamlit', version: null }) {
      routes.set(hostname, { hostname, app, status, policy: { kind: 'public' }, framework, instances: [...instances] });
      controlPlane.set([...routes.values()]);
      await applied(gateway, controlPlane.cursor);
    },
    restart: (other, listen = config.WEIR_LISTEN) => startGateway({ ...config, WEIR_LISTEN: listen }, other, log),
    stop: () => gateway.stop(1_000),
  };
}

const applied = (gateway: RunningGateway, cursor: number): Promise<void> =>
  new Promise((resolve) => {
    const check = (): void => {
      if (gateway.table.cursor < cursor) return;
      gateway.table.off('applied', check);
      resolve();
    };
    gateway.table.on('applied', check);
    check();
  });

/** Waits until something holds; fails after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`never held: ${holds.toString()}`);
    await delay(5);
  }
}
