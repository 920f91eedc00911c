import type { NewLogLine } from '@weir/contracts';
import { StringDecoder } from 'node:string_decoder';
import type { LogBatch } from './build-reports.ts';
import { Redaction } from './redaction.ts';

const BATCH_MS = 200;
const BATCH_LINES = 1000;
/** Six times as much where every character is escaped: still less than a body may have. */
const BATCH_LENGTH = 2 ** 20;
const LINE_LENGTH = 16_384;
const MAX_LENGTH = 10 * 2 ** 20;
/** What a line weighs, whatever it says: a log of empty lines ends too. */
const LINE_WEIGHT = 64;

type Stream = NewLogLine['stream'];

/** Postgres has no NUL in texts, and a bare carriage return overwrites what was shown: the last state of such a line counts. */
const clean = (text: string): string => (text.replace(/\r$/, '').split('\r').at(-1) ?? '').replaceAll('\0', '\u2400');

/** The live log of one build: lines are sent in batches, in order, and capped in length and in all. */
export class BuildLog {
  readonly #waiting: NewLogLine[] = [];
  #sending: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #batch = 0;
  #length = 0;
  #truncated = false;

  /** @param writer tells this attempt's batches from another's */
  constructor(
    private readonly writer: string,
    private readonly send: (batch: LogBatch) => Promise<void>,
    private readonly redaction = new Redaction([]),
  ) {}

  say(text: string): void {
    this.#line('system', text);
  }

  /**
   * Takes a stream's output in pieces cut anywhere; `end` flushes a last line without a break.
   *
   * @param heard given each line as it is kept, and of those beyond the log's limit the last
   */
  stream(stream: Stream, heard?: (line: string) => void): { write: (chunk: Buffer) => void; end: () => void } {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    let skipping = false;
    const take = (raw: string): void => {
      const text = this.#line(stream, raw);
      heard?.(text);
    };
    return {
      write: (given) => {
        // Beyond the limit only the last lines of a large piece are heard, from the beginning of a line: a flood must cost us little.
        skipping ||= this.#truncated && given.length > LINE_LENGTH;
        const end = skipping ? given.subarray(-LINE_LENGTH) : given;
        const start = skipping ? end.indexOf(10) + 1 : 0;
        if (skipping) rest = '';
        if (skipping && start === 0) return;
        skipping = false;
        const chunk = end.subarray(start);
        const lines = (rest + decoder.write(chunk)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) take(line);
        // What hides a secret must see it whole: it looks before the line is cut, and beyond the cut.
        while (rest.length > LINE_LENGTH + this.redaction.longest) {
          rest = this.redaction.apply(rest);
          take(rest.slice(0, LINE_LENGTH));
          rest = rest.slice(LINE_LENGTH);
        }
      },
      end: () => {
        rest += decoder.end();
        if (rest !== '') take(rest);
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

  /** @returns the line as it is kept */
  #line(stream: Stream, raw: string): string {
    const text = this.redaction.apply(clean(raw));
    this.#length += text.length + LINE_WEIGHT;
    if (this.#length > MAX_LENGTH && stream !== 'system') {
      if (!this.#truncated) this.#line('system', `The log is longer than ${MAX_LENGTH / 2 ** 20} MiB; the rest is not kept.`);
      this.#truncated = true;
      return text;
    }
    const at = new Date().toISOString();
    for (let from = 0; from === 0 || from < text.length; from += LINE_LENGTH) this.#waiting.push({ at, stream, text: text.slice(from, from + LINE_LENGTH) });
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS);
    return text;
  }

  #flush(): void {
    this.#timer = undefined;
    while (this.#waiting.length > 0) {
      let count = 0;
      for (let length = 0; count < Math.min(this.#waiting.length, BATCH_LINES) && length < BATCH_LENGTH; count++) length += this.#waiting[count]?.text.length ?? 0;
      const batch = { writer: this.writer, batch: this.#batch++, lines: this.#waiting.splice(0, count) };
      this.#sending = this.#sending.then(() => this.send(batch));
      this.#sending.catch(() => undefined); // heard by close()
    }
  }
}
