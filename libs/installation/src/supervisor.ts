import { existsSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { DataFolder } from './data-folder.ts';
import type { ProcessSpec } from './process-spec.ts';
import { SupervisedProcess } from './supervised-process.ts';

export interface ProcessReport {
  readonly name: string;
  readonly status: string;
  readonly pid: number | null;
  readonly restarts: number;
}

/**
 * Keeps the processes of one installation running, and stops them in the opposite order.
 * Listens on `DATA/supervisor.sock`: GET /status, POST /stop.
 */
export class Supervisor {
  readonly #processes: SupervisedProcess[];
  #control: Server | undefined;
  #stopping: Promise<void> | undefined;

  constructor(private readonly data: DataFolder, specs: readonly ProcessSpec[]) {
    this.#processes = specs.map((spec) => new SupervisedProcess(spec, data.file('log', `${spec.name}.log`)));
  }

  get report(): ProcessReport[] {
    return this.#processes.map(({ spec, status, pid, restarts }) => ({ name: spec.name, status, pid, restarts }));
  }

  /** Starts those named, or all. */
  start(...names: string[]): void {
    for (const process of this.#processes) if (names.length === 0 || names.includes(process.spec.name)) process.start();
  }

  async listen(onStopped: () => void): Promise<void> {
    const socket = this.data.file('supervisor.sock');
    if (existsSync(socket)) rmSync(socket); // of one that was killed: a living one holds the lock
    this.#control = createServer((request, response) => {
      if (request.method === 'GET') return void response.end(JSON.stringify({ pid: process.pid, processes: this.report }));
      void this.stop().then(() => response.end(JSON.stringify({ stopped: true }), onStopped));
    });
    await new Promise<void>((resolve) => this.#control?.listen(socket, resolve));
    this.data.write('supervisor.json', JSON.stringify({ pid: process.pid }));
  }

  stop(): Promise<void> {
    return (this.#stopping ??= this.#stopAll());
  }

  async #stopAll(): Promise<void> {
    for (const process of this.#processes.toReversed()) await process.stop();
    this.#control?.close();
    rmSync(this.data.file('supervisor.sock'), { force: true });
  }
}
