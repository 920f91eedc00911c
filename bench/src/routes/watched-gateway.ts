import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Wire } from '../gateway/load/wire.ts';
import { freePort, type Cores, type Processes } from '../gateway/machine.ts';
import { gatewayAlone } from '../gateway/peers/weir.ts';
import { cpuMs, residentKib } from '../gateway/process-tree.ts';
import { until } from '../waiting.ts';
import { PretendControlPlane } from './pretend-control-plane.ts';

const LIMIT_MS = 30_000;
const SETTLE_MS = 4_000;
const WATCH_MS = 5_000;
const POLL_MS = 1;

/** A gateway process with a control plane that pretends, and what it needs. */
export class WatchedGateway {
  /** From its start until it listens. */
  readonly startMs: number;
  readonly #process: ChildProcess;
  readonly #port: number;
  readonly #controlPlane: PretendControlPlane;
  readonly #folder: string;

  private constructor(process: ChildProcess, port: number, controlPlane: PretendControlPlane, folder: string, startMs: number) {
    this.#process = process;
    this.#port = port;
    this.#controlPlane = controlPlane;
    this.#folder = folder;
    this.startMs = startMs;
  }

  static async start(processes: Processes, cores: Cores, routes: readonly object[]): Promise<WatchedGateway> {
    const [folder, port, controlPlane] = [mkdtempSync(join(tmpdir(), 'weir-bench-routes-')), await freePort(), await PretendControlPlane.open(routes)];
    const { args, env } = await gatewayAlone({ port, folder, routes, controlPlaneUrl: controlPlane.url });
    const startedAt = performance.now();
    const child = processes.start(cores.peer, process.execPath, args, { env });
    await until('the gateway to listen', LIMIT_MS, async () => (await status(port, 'nobody.bench.localhost')) > 0, POLL_MS);
    return new WatchedGateway(child, port, controlPlane, folder, performance.now() - startedAt);
  }

  /** Memory in KiB and percent of a core, once it has settled and follows the control plane. */
  async watch(): Promise<{ kib: number; percent: number }> {
    await until('the gateway to follow', LIMIT_MS, () => this.#controlPlane.isFollowed, POLL_MS);
    await delay(SETTLE_MS);
    const pid = this.#process.pid ?? 0;
    const [startedAt, used] = [performance.now(), cpuMs(pid)];
    await delay(WATCH_MS);
    return { kib: residentKib(pid), percent: ((cpuMs(pid) - used) / (performance.now() - startedAt)) * 100 };
  }

  /** Milliseconds until a new route is served. */
  async change(route: object, host: string): Promise<number> {
    await until('the gateway to follow', LIMIT_MS, () => this.#controlPlane.isFollowed, POLL_MS);
    const startedAt = performance.now();
    this.#controlPlane.add(route);
    await until('a new route', LIMIT_MS, async () => (await status(this.#port, host)) === 200, POLL_MS);
    return performance.now() - startedAt;
  }

  async stop(processes: Processes): Promise<void> {
    this.#controlPlane.close();
    await processes.stop(this.#process);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What a host's page is answered with; 0 while nothing listens. */
async function status(port: number, host: string): Promise<number> {
  const wire = new Wire(port, () => undefined);
  const answer = await wire.ask(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`).catch(() => ({ status: 0 }));
  wire.socket.destroy();
  return answer.status;
}
