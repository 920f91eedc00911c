import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Change, ChangeBus, type ChangeListener, decodeChange, encodeChange } from './change-bus.ts';
import { InProcessChangeBus } from './in-process-change-bus.ts';

interface RedisOptions {
  /** Keeps installations on one Redis apart. */
  readonly prefix: string;
  readonly log: Pick<Logger, 'warn'>;
  /** Where changes come from besides `publish`: passed on to every replica. Closed with this bus. */
  readonly source?: ChangeBus;
}

/** Changes over Redis publish/subscribe. ioredis reconnects and subscribes again by itself. */
export class RedisChangeBus extends ChangeBus {
  readonly #local = new InProcessChangeBus();
  readonly #channel: string;
  readonly #sender: Redis;
  readonly #receiver: Redis;

  private constructor(url: string, private readonly options: RedisOptions) {
    super();
    const { prefix, log } = options;
    this.#channel = `${prefix}:changes`;
    const connect = (settings: { maxRetriesPerRequest: number | null }) =>
      new Redis(url, { ...settings, connectTimeout: 5000 }).on('error', (error) => log.warn({ err: error }, 'changes.redis_error'));
    this.#sender = connect({ maxRetriesPerRequest: 1 });
    this.#receiver = connect({ maxRetriesPerRequest: null }); // subscribes whenever Redis comes up
  }

  /** Does not wait for a Redis that is down: until it is up, changes of this replica alone are heard. */
  static async open(url: string, options: RedisOptions): Promise<RedisChangeBus> {
    const bus = new RedisChangeBus(url, options);
    const subscribed = bus.#listen();
    await Promise.race([subscribed, new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
    return bus;
  }

  async #listen(): Promise<void> {
    this.#receiver.on('message', (_channel, text) => {
      const change = decodeChange(text);
      if (change) this.#local.tell(change);
    });
    this.options.source?.subscribe((change) => void this.publish(change));
    try {
      await this.#receiver.subscribe(this.#channel);
    } catch (error) {
      this.options.log.warn({ err: error }, 'changes.redis_error'); // only when closed before it was up
    }
  }

  override async publish(change: Change): Promise<void> {
    try {
      await this.#sender.publish(this.#channel, encodeChange(change));
    } catch (error) {
      this.options.log.warn({ err: error }, 'changes.redis_error');
      this.#local.tell(change);
    }
  }

  override subscribe(listener: ChangeListener): () => void {
    return this.#local.subscribe(listener);
  }

  override async close(): Promise<void> {
    await this.options.source?.close();
    await this.#local.close();
    this.#sender.disconnect();
    this.#receiver.disconnect();
  }
}
