import { Python } from './python.ts';

/** Answers what it was told to, and keeps what it was given. */
export class InMemoryPython extends Python {
  readonly given: string[] = [];

  constructor(private readonly answer: unknown) {
    super();
  }

  async run(_argv: readonly string[], stdin: Buffer): Promise<string> {
    this.given.push(stdin.toString('utf8'));
    return JSON.stringify(this.answer);
  }
}
