/**
 * One end of a TCP connection, as far as the gateway uses it.
 *
 * All of it is as `node:net` describes its `Socket`, which is one. {@link TcpWire} is another.
 */
export interface Wire {
  readonly remoteAddress?: string | undefined;
  readonly connecting: boolean;
  readonly destroyed: boolean;
  readonly writable: boolean;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  /** Bytes that have not left yet. */
  readonly writableLength: number;
  /** Bytes that have come and were not read. */
  readonly readableLength: number;
  readonly readableEnded: boolean;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  write(text: string, encoding: 'latin1'): boolean;
  write(bytes: Uint8Array, written?: Written): boolean;
  /** Text is ASCII here: wires differ in how they encode any other. */
  end(last?: string | Uint8Array, finished?: () => void): void;
  destroy(error?: Error): void;
  /** Ends, and is destroyed as soon as all that was written has left. */
  destroySoon(): void;
  isPaused(): boolean;
  pause(): void;
  resume(): void;
  setKeepAlive(enable: boolean, initialDelayMs: number): void;
}

export type Written = (error?: Error | null) => void;
