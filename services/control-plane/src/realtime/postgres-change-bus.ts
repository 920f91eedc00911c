import { Client } from 'pg';
import type { Logger } from 'pino';
import { type Change, ChangeBus, type ChangeListener, decodeChange, encodeChange } from './change-bus.ts';
import { InProcessChangeBus } from './in-process-change-bus.ts';

/** The channel that the triggers of the migration `notify` tell, at commit. */
export const CHANNEL = 'weir_change';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5000;

/**
 * Changes over Postgres LISTEN/NOTIFY. The database's own triggers publish, so no verb
 * can forget to, and a notification leaves only when its transaction commits.
 *
 * A lost connection is made again with back-off; what was missed meanwhile is found by
 * the listeners' own second look.
 */
export class PostgresChangeBus extends ChangeBus {
  readonly #local = new InProcessChangeBus();
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #closed = false;

  private constructor(private readonly url: string, private readonly log: Pick<Logger, 'info' | 'warn'>) {
    super();
  }

  /** Connects in the background: a control plane starts while its database does not answer yet. */
  static async open(url: string, log: Pick<Logger, 'info' | 'warn'>): Promise<PostgresChangeBus> {
    const bus = new PostgresChangeBus(url, log);
    await bus.#connect();
    return bus;
  }

  override async publish(change: Change): Promise<void> {
    await this.#client?.query('SELECT pg_notify($1, $2)', [CHANNEL, encodeChange(change)]);
  }

  override subscribe(listener: ChangeListener): () => void {
    return this.#local.subscribe(listener);
  }

  override async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#local.close();
    await this.#client?.end();
  }

  async #connect(): Promise<void> {
    const client = new Client({ connectionString: this.url, keepAlive: true, connectionTimeoutMillis: 5000, application_name: 'weir-changes' });
    let lost = false;
    const reconnect = (error?: Error) => {
      if (lost || this.#closed) return;
      lost = true;
      this.#client = undefined;
      this.log.warn({ err: error, retryMs: this.#retryMs }, 'changes.disconnected');
      this.#retry = setTimeout(() => void this.#connect(), this.#retryMs);
      this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
    };
    client.on('error', reconnect);
    client.on('end', () => reconnect());
    client.on('notification', ({ payload }) => {
      const change = decodeChange(payload ?? '');
      if (change) this.#local.tell(change);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#client = client;
      this.#retryMs = FIRST_RETRY_MS;
    } catch (error) {
      reconnect(error instanceof Error ? error : new Error(String(error)));
      client.end().catch((cause: unknown) => this.log.info({ err: cause }, 'changes.half_open_closed'));
    }
  }
}
