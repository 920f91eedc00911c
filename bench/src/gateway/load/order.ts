export type Work = 'message' | 'push' | 'open' | 'request' | 'asset' | 'idle';

/** What the load client is told. */
export interface Order {
  readonly work: Work;
  /** Of the peer, on 127.0.0.1. */
  readonly port: number;
  readonly hosts: readonly string[];
  /** The peer's process; none where there is no peer in between. */
  readonly pid: number | undefined;
  /** Of a message; the other kinds have their own sizes. */
  readonly payloadBytes: number;
  /** Units that begin each second, however slow the answers are. */
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
}

/** What it measured. */
export interface Result {
  readonly units: number;
  /** The peer's processor time in the window, until the last answer. */
  readonly cpuMs: number;
  readonly windowMs: number;
  /** From the moment a unit was due to its end. */
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  /** What the connections made the peer's memory grow by; only of `idle`. */
  readonly grownKib: number;
}

export type Reply = { readonly result: Result } | { readonly failure: string };
