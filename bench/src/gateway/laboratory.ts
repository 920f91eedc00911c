import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figures.ts';
import type { Order, Reply, Result } from './load/order.ts';
import { Wire } from './load/wire.ts';
import { until } from '../waiting.ts';
import { chooseCores, freePort, nextMessage, openFiles, Processes, ProcessLost, type Cores } from './machine.ts';
import type { BenchApp, Peer } from './peer.ts';

const HOSTS = ['sales', 'forecast', 'inventory', 'survey'].map((name) => `${name}.bench.localhost`);
const START_MS = 15_000;
/** Open files that a peer needs besides its sockets. */
const SPARE_FILES = 500;

export interface RunningPeer {
  readonly name: string;
  readonly port: number;
  readonly process: ChildProcess | undefined;
}

/** Backend, load client and peers on one machine, each on its processor. */
export class Laboratory {
  readonly #cores: Cores;
  readonly #processes: Processes;
  readonly #folder: string;
  readonly #load: ChildProcess;
  readonly #apps: readonly BenchApp[];
  #opened = 0;

  private constructor(cores: Cores, processes: Processes, load: ChildProcess, apps: readonly BenchApp[]) {
    this.#cores = cores;
    this.#processes = processes;
    this.#load = load;
    this.#apps = apps;
    this.#folder = mkdtempSync(join(tmpdir(), 'weir-bench-gateway-'));
    chmodSync(this.#folder, 0o711); // nginx's worker is another user
  }

  static async open(): Promise<Laboratory> {
    const [cores, processes] = [chooseCores(), new Processes()];
    const script = (name: string, ...args: string[]): ChildProcess => processes.start(cores.others, process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...args], { ipc: true });
    const backend = script('backend.ts', String(HOSTS.length));
    const ports = await nextMessage<number[]>(backend);
    return new Laboratory(cores, processes, script('load.ts'), HOSTS.map((host, i) => ({ host, port: ports[i] ?? 0 })));
  }

  /** Starts a peer and waits until it answers. */
  async start(peer: Peer): Promise<RunningPeer> {
    const [port, folder] = [await freePort(), join(this.#folder, String(this.#opened++))];
    mkdirSync(folder, { mode: 0o711 });
    const child = await peer.open({ apps: this.#apps, port, folder, start: (program, args, env) => this.#processes.start(this.#cores.peer, program, args, env && { env }) });
    await until(`${peer.name} to answer`, START_MS, () => this.#answers(port));
    return { name: peer.name, port, process: child };
  }

  /** Nothing in between: what load client and backend take by themselves. One backend serves all hosts. */
  get direct(): RunningPeer {
    return { name: 'direct', port: this.#apps[0]?.port ?? 0, process: undefined };
  }

  stop({ process }: RunningPeer): Promise<void> {
    return process ? this.#processes.stop(process) : Promise.resolve();
  }

  /** @throws Error if one unit got no answer or a wrong one; ProcessLost if there is nobody to measure any more */
  async measure({ work, payloadBytes, rate, connections }: Figure, { name, port, process }: RunningPeer, seconds: number): Promise<Result> {
    const most = Math.floor((openFiles() - SPARE_FILES) / 2);
    if (connections > most) throw new Error(`${connections} sockets through a proxy need ${connections * 2 + SPARE_FILES} open files, and the limit is ${openFiles()}: run as root, or raise it (ulimit -Hn).`);
    const order: Order = { work, port, hosts: HOSTS, pid: process?.pid, payloadBytes, rate, seconds, connections };
    if (!this.#load.connected) throw new ProcessLost('the load client is gone');
    this.#load.send(order);
    const reply = await nextMessage<Reply>(this.#load);
    if ('failure' in reply) throw new Error(`${work} through ${name}: ${reply.failure}`);
    return reply.result;
  }

  async close(): Promise<void> {
    await this.#processes.stopAll();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #answers(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const wire = new Wire(port, () => resolve(false));
      wire.ask(`GET / HTTP/1.1\r\nHost: ${HOSTS[0]}\r\n\r\n`).then(({ status }) => resolve(status === 200), () => resolve(false)).finally(() => wire.socket.destroy());
    });
  }
}
