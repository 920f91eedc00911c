import type { ChildProcess } from 'node:child_process';

/** An app of the benchmark: a host name, and the port of the backend behind it. */
export interface BenchApp {
  readonly host: string;
  readonly port: number;
}

export interface Setting {
  readonly apps: readonly BenchApp[];
  /** Where it is to listen, on 127.0.0.1. */
  readonly port: number;
  /** A folder of its own for configuration and temporary files. */
  readonly folder: string;
  /** Starts a program on the processor of what is measured. */
  readonly start: (program: string, args: readonly string[], env?: NodeJS.ProcessEnv) => ChildProcess;
}

/** Something that carries requests and WebSockets to backends by host. */
export interface Peer {
  readonly name: string;
  /** It gets to its speed only after some ten thousand units of its work. */
  readonly isCompiledWhileRunning?: true;
  /** Configures and starts it; it may not listen yet. */
  readonly open: (setting: Setting) => ChildProcess | Promise<ChildProcess>;
}
