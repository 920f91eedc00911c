import { styleText } from 'node:util';
import { printable } from './format.ts';

type Style = Parameters<typeof styleText>[0];

/** Where a command's words go: for people stdout; with `--json` stderr, so that stdout holds one document. */
export class Output {
  /** What is known even if the command fails, such as the app's id: part of every document. */
  readonly known: Record<string, unknown> = {};
  readonly #json: boolean;
  readonly #out: NodeJS.WriteStream;

  constructor(json: boolean | undefined) {
    this.#json = json ?? false;
    this.#out = this.#json ? process.stderr : process.stdout;
  }

  get isJson(): boolean {
    return this.#json;
  }

  /** Something to read while the command works. */
  say(text: string, style?: Style): void {
    this.#out.write(`${style ? this.#style(style, text) : text}\n`);
  }

  /** A line that an app or a build wrote. */
  line(text: string, style?: Style): void {
    this.say(printable(text), style);
  }

  /** Something that is not as it might be. */
  warn(text: string): void {
    process.stderr.write(`${styleText('yellow', text, { stream: process.stderr })}\n`);
  }

  /** The command's result: one document, or what `forPeople` makes of it. */
  result(document: unknown, forPeople: () => string): void {
    process.stdout.write(`${this.#json ? JSON.stringify(document) : forPeople()}\n`);
  }

  #style(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#out });
  }
}
