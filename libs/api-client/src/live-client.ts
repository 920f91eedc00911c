import type { LiveMessage, Subscribe } from '@weir/contracts';

interface LiveClientOptions {
  /** `wss://console.example/live`; the browser sends its session cookie by itself. */
  readonly url: string;
  readonly onMessage: (message: LiveMessage) => void;
  /** Told on each change, so that a page can say that it is not live. */
  readonly onConnected?: (connected: boolean) => void;
  readonly webSocket?: typeof WebSocket;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

/**
 * The live channels at `/live`, for the browser and for Node.
 *
 * A connection that ends is made again, with growing delays, and asks for its
 * topics again: the server sends the present state first, so nothing is missed.
 * Logs go on after the last line seen.
 */
export class LiveClient {
  readonly #options: LiveClientOptions;
  readonly #topics = new Map<string, Subscribe>();
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #closed = false;

  constructor(options: LiveClientOptions) {
    this.#options = options;
    this.#connect();
  }

  subscribe(topic: Subscribe): void {
    this.#topics.set(keyOf(topic), topic);
    if (this.#socket?.readyState === 1) this.#ask(topic);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new (this.#options.webSocket ?? WebSocket)(this.#options.url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#failures = 0;
      this.#options.onConnected?.(true);
      for (const topic of this.#topics.values()) this.#ask(topic);
    });
    socket.addEventListener('message', ({ data }) => this.#receive(String(data)));
    socket.addEventListener('close', () => {
      if (this.#closed) return;
      this.#options.onConnected?.(false);
      const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures++);
      this.#retry = setTimeout(() => this.#connect(), delay * (0.5 + Math.random() / 2)); // apart, so that a restart does not bring all at once
    });
  }

  #ask(topic: Subscribe): void {
    this.#socket?.send(JSON.stringify({ event: 'subscribe', data: topic }));
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as LiveMessage;
    if (message.event === 'log') this.#remember(message.data);
    this.#options.onMessage(message);
  }

  /** After a reconnection the log goes on where it was. */
  #remember({ topic, subject, lines }: Extract<LiveMessage, { event: 'log' }>['data']): void {
    const last = lines.at(-1)?.seq;
    if (last === undefined) return;
    for (const [key, asked] of this.#topics) {
      if ((asked.topic === 'build-log' && topic === 'build-log' && asked.deployment === subject) || (asked.topic === 'app-log' && topic === 'app-log' && asked.app === subject)) {
        this.#topics.set(key, { ...asked, after: Math.max(asked.after, last) });
      }
    }
  }
}

const keyOf = (topic: Subscribe): string => [topic.topic, 'app' in topic ? topic.app : '', 'deployment' in topic ? topic.deployment : ''].join(' ');
