import { Counter, type Registry } from 'prom-client';

/** A count for each value of one label: a plain addition when something happens, a series when it is asked for. */
export class Tally<Value extends string> {
  readonly #counts = new Map<Value, number>();

  constructor(registry: Registry, { name, help, label }: { readonly name: string; readonly help: string; readonly label: string }) {
    const counts = this.#counts;
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const [value, count] of counts) this.inc({ [label]: value }, count);
      },
    });
  }

  add(value: Value): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }
}
