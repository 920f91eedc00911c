/** Tells a person what long work is doing: one line a step, with its time. */
export class Progress {
  constructor(
    private readonly write: (text: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Runs one step under a title. What `say` is given shows under it; the answer of the work may add a word to the line. */
  async step<T>(title: string, work: (say: (text: string) => void) => Promise<T>, outcome?: (result: T) => string): Promise<T> {
    const started = this.now();
    const result = await work((text) => this.write(`    ${text}\n`));
    const seconds = ((this.now() - started) / 1000).toFixed(1).padStart(6);
    this.write(`${seconds} s  ${title}${outcome ? `: ${outcome(result)}` : ''}\n`);
    return result;
  }

  note(text: string): void {
    this.write(`          ${text}\n`);
  }
}
