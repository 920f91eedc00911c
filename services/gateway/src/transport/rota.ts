import { Roster, type Listed } from './roster.ts';

/** Things of which each has its turn once a round: what is to be done about all of them is done about a few at a time. */
export class Rota<Item extends OnRota> implements Iterable<Item> {
  readonly #turns: readonly Roster<Item>[];
  #added = 0;
  #taken = 0;

  /** @param turns that a round has */
  constructor(turns: number) {
    this.#turns = Array.from({ length: turns }, () => new Roster<Item>());
  }

  get size(): number {
    return this.#turns.reduce((sum, roster) => sum + roster.size, 0);
  }

  /** Once: whoever is added has no turn yet. */
  add(item: Item): void {
    item.turn = this.#added++ % this.#turns.length;
    this.#turns[item.turn]?.add(item);
  }

  delete(item: Item): void {
    this.#turns[item.turn]?.delete(item);
  }

  /** Those whose turn it is; the next time it is that of others. */
  next(): Iterable<Item> {
    return this.#turns[this.#taken++ % this.#turns.length] ?? [];
  }

  /** All of them; they may go meanwhile. */
  *[Symbol.iterator](): IterableIterator<Item> {
    for (const roster of this.#turns) yield* roster;
  }
}

/** Can be on one rota. */
export interface OnRota extends Listed {
  /** When in a round it has its turn: the rota's. */
  turn: number;
}
