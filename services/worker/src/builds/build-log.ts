import type { NewLogLine } from '@weir/contracts';
import { StringDecoder } from 'node:string_decoder';
import type { LogBatch } from './build-reports.ts';

const BATCH_MS = 200;
const BATCH_LINES = 1000;
const LINE_LENGTH = 16_384;
const MAX_BYTES = 10 * 2 ** 20;
const KEPT_LINES = 2000;

type Stream = NewLogLine['stream'];

/** Postgres has no NUL in texts, and a bare carriage return overwrites what was shown: the last state of such a line counts. */
const clean = (text: string): string => (text.replace(/\r$/, '').split('\r').at(-1) ?? '').replaceAll('\0', '\u2400');

/** The live log of one build: lines are sent in batches, in order, and capped in length and in all. */
export class BuildLog {
  readonly #waiting: NewLogLine[] = [];
  readonly #kept: string[] = [];
  #sending: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #batch = 0;
  #bytes = 0;
  #truncated = false;

  /** @param writer tells this attempt's batches from another's */
  constructor(
    private readonly writer: string,
    private readonly send: (batch: LogBatch) => Promise<void>,
  ) {}

  /** The last lines, for explaining a failure. */
  get tail(): readonly string[] {
    return this.#kept;
  }

  say(text: string): void {
    this.#line('system', text);
  }

  /** Takes a stream's output in pieces cut anywhere; `end` flushes a last line without a break. */
  stream(stream: Stream): { write: (chunk: Buffer) => void; end: () => void } {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    return {
      write: (chunk) => {
        const lines = (rest + decoder.write(chunk)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.#line(stream, line);
        while (rest.length > LINE_LENGTH) {
          this.#line(stream, rest.slice(0, LINE_LENGTH));
          rest = rest.slice(LINE_LENGTH);
        }
      },
      end: () => {
        rest += decoder.end();
        if (rest !== '') this.#line(stream, rest);
        rest = '';
      },
    };
  }

  /** Everything said so far has arrived. */
  async flushed(): Promise<void> {
    clearTimeout(this.#timer);
    this.#flush();
    await this.#sending;
  }

  async close(): Promise<void> {
    await this.flushed();
  }

  #line(stream: Stream, raw: string): void {
    const text = clean(raw);
    this.#kept.push(text.slice(0, 2000));
    if (this.#kept.length > KEPT_LINES) this.#kept.shift();
    this.#bytes += text.length;
    if (this.#bytes > MAX_BYTES && stream !== 'system') {
      if (this.#truncated) return;
      this.#truncated = true;
      return this.#line('system', `The log is longer than ${MAX_BYTES / 2 ** 20} MiB; the rest is not kept.`);
    }
    const at = new Date().toISOString();
    for (let from = 0; from === 0 || from < text.length; from += LINE_LENGTH) this.#waiting.push({ at, stream, text: text.slice(from, from + LINE_LENGTH) });
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS);
  }

  #flush(): void {
    this.#timer = undefined;
    while (this.#waiting.length > 0) {
      const batch = { writer: this.writer, batch: this.#batch++, lines: this.#waiting.splice(0, BATCH_LINES) };
      this.#sending = this.#sending.then(() => this.send(batch));
      this.#sending.catch(() => undefined); // heard by close()
    }
  }
}
