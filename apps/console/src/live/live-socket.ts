import type { LiveMessage, Subscribe } from '@weir/contracts';

export type LiveState = 'connecting' | 'open' | 'waiting';

interface LiveSocketOptions {
  readonly url: string;
  /** Asked anew on every connection, so that a log goes on after its last line. */
  readonly topics: () => readonly Subscribe[];
  readonly onMessage: (message: LiveMessage) => void;
  readonly onState: (state: LiveState) => void;
  readonly connect?: (url: string) => WebSocket;
  /** A number in [0, 1), which spreads the reconnects of many tabs. */
  readonly random?: () => number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/** Delay before the next try after `failures` in a row, in milliseconds: doubled each time, up to 10 s, spread by half. */
export const reconnectDelayMs = (failures: number, random: number): number => Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures) * (0.5 + random / 2);

/** One live channel: subscribes when it opens, and opens again for as long as it is not closed. */
export class LiveSocket {
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private closed = false;

  constructor(private readonly options: LiveSocketOptions) {
    this.open();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  /** Tries now: the network is back, or the tab is looked at again. */
  hurry(): void {
    if (this.closed || this.timer === undefined) return;
    clearTimeout(this.timer);
    this.open();
  }

  private open(): void {
    this.timer = undefined;
    this.options.onState('connecting');
    const socket = (this.options.connect ?? ((url) => new WebSocket(url)))(this.options.url);
    this.socket = socket;
    socket.addEventListener('open', () => {
      this.failures = 0;
      this.options.onState('open');
      for (const topic of this.options.topics()) socket.send(JSON.stringify({ event: 'subscribe', data: topic }));
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (!this.closed) this.options.onMessage(JSON.parse(data) as LiveMessage);
    });
    socket.addEventListener('close', () => this.retry());
  }

  private retry(): void {
    if (this.closed) return;
    this.options.onState('waiting');
    const delayMs = reconnectDelayMs(this.failures++, (this.options.random ?? Math.random)());
    this.timer = setTimeout(() => this.open(), delayMs);
  }
}
