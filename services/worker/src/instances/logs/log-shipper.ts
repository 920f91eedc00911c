import type { ContainerRuntime } from '@weir/container-runtime';
import type { WarningView } from '@weir/contracts';
import type { AppId, InstanceId } from '@weir/domain';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { InstanceFeed } from '../feed/instance-feed.ts';
import type { LogCursors } from './log-cursors.ts';
import { type Batch, LogWindows, WINDOW_MS } from './log-windows.ts';

export type Warning = z.infer<typeof WarningView>;
/** Explains exceptions in the lines an app wrote last. */
export type ExplainLog = (lines: readonly string[]) => readonly Warning[];

interface Shipped {
  readonly id: InstanceId;
  readonly app: AppId;
  readonly attempt: number;
  readonly onWarnings: (warnings: Warning[]) => void;
}

const EVERY_MS = 100;
/** Reading pauses when so many windows wait to be sent: the engine keeps the rest. */
const MAX_WAITING = 50;
const RETRY_MS = 1000;
/** A traceback may be cut by a batch's end. */
const REMEMBERED_LINES = 200;

/** Carries what one attempt of an instance writes to the control plane. The app never waits for it. */
export class LogShipper {
  readonly #writer: string;
  #windows = new LogWindows();
  #ended = false;
  #recent: string[] = [];
  readonly #told = new Set<string>();

  constructor(
    private readonly parts: { runtime: ContainerRuntime; feed: InstanceFeed; clock: Clock; logger: Logger; cursors: LogCursors; explain: ExplainLog },
    private readonly shipped: Shipped,
  ) {
    this.#writer = `${shipped.id}.${shipped.attempt}`;
  }

  /** Ends when the log has ended and all of it was sent, or with `signal`. */
  async run(signal: AbortSignal): Promise<void> {
    const taken = await this.parts.cursors.read(this.#writer);
    this.#windows = new LogWindows(taken);
    await Promise.all([this.#read(taken < 0 ? null : new Date((taken + 1) * WINDOW_MS), signal), this.#send(signal)]);
  }

  async #read(since: Date | null, signal: AbortSignal): Promise<void> {
    const { runtime, clock, logger } = this.parts;
    try {
      for await (const line of runtime.logs(this.shipped.id, since, signal)) {
        this.#windows.add(line);
        while (this.#windows.size > MAX_WAITING && !signal.aborted) await clock.wait(EVERY_MS, signal);
      }
    } catch (error) {
      logger.warn({ err: error, instance: this.shipped.id }, 'app log ended early');
    } finally {
      this.#ended = true;
    }
  }

  async #send(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const last = this.#ended;
      for (const batch of this.#windows.take(last ? Number.POSITIVE_INFINITY : this.parts.clock.now())) {
        this.#explain(batch);
        await this.#deliver(batch, signal);
      }
      if (last) return;
      await this.parts.clock.wait(EVERY_MS, signal);
    }
  }

  async #deliver({ number, lines }: Batch, signal: AbortSignal): Promise<void> {
    const { feed, clock, logger, cursors } = this.parts;
    for (let away = false; !signal.aborted; away = true) {
      try {
        await feed.appendLog(this.shipped.app, { writer: this.#writer, batch: number, lines });
        return await cursors.write(this.#writer, number);
      } catch (error) {
        if (!away) logger.warn({ err: error, instance: this.shipped.id }, 'app log not delivered');
        await clock.wait(RETRY_MS, signal);
      }
    }
  }

  #explain({ lines }: Batch): void {
    this.#recent = [...this.#recent, ...lines.map(({ text }) => text)].slice(-REMEMBERED_LINES);
    const fresh = this.#explained().filter(({ code, message }) => !this.#told.has(`${code} ${message}`));
    for (const { code, message } of fresh) this.#told.add(`${code} ${message}`);
    if (fresh.length > 0) this.shipped.onWarnings([...fresh]);
  }

  /** A log may say anything: one that cannot be explained is shipped all the same. */
  #explained(): readonly Warning[] {
    try {
      return this.parts.explain(this.#recent);
    } catch (error) {
      this.parts.logger.error({ err: error, app: this.shipped.app }, 'log.unexplained');
      return [];
    }
  }
}
