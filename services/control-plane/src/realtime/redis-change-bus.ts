import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Change, ChangeBus, type ChangeListener, decodeChange, encodeChange } from './change-bus.ts';
import { InProcessChangeBus } from './in-process-change-bus.ts';

/**
 * Changes over Redis publish/subscribe. ioredis reconnects and subscribes again by itself.
 *
 * @param prefix keeps installations on one Redis apart
 */
export class RedisChangeBus extends ChangeBus {
  readonly #local = new InProcessChangeBus();

  private constructor(private readonly channel: string, private readonly sender: Redis, private readonly receiver: Redis) {
    super();
  }

  static async open(url: string, prefix: string, log: Pick<Logger, 'warn'>): Promise<RedisChangeBus> {
    const open = () => new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: true, connectTimeout: 5000 }).on('error', (error) => log.warn({ err: error }, 'changes.redis_error'));
    const bus = new RedisChangeBus(`${prefix}:changes`, open(), open());
    await bus.#listen();
    return bus;
  }

  async #listen(): Promise<void> {
    this.receiver.on('message', (_channel, text) => {
      const change = decodeChange(text);
      if (change) this.#local.tell(change);
    });
    await this.receiver.subscribe(this.channel);
  }

  override async publish(change: Change): Promise<void> {
    await this.sender.publish(this.channel, encodeChange(change));
  }

  override subscribe(listener: ChangeListener): () => void {
    return this.#local.subscribe(listener);
  }

  override async close(): Promise<void> {
    await this.#local.close();
    this.sender.disconnect();
    this.receiver.disconnect();
  }
}
