/** The place of what is on no roster. */
export const ABSENT = -1;

/**
 * Things that come and go by the hundred a second, each of which remembers its place.
 *
 * A `Set` makes itself a new table whenever some came and went, and V8 links old tables to new ones: one that has grown
 * old keeps all that follow alive, with everything that was in them, until the next full collection. Of short
 * connections that was most of what was collected late.
 */
export class Roster<Item extends Listed> implements Iterable<Item> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(item: Item): void {
    if (item.place === ABSENT) item.place = this.#items.push(item) - 1;
  }

  /** @returns whether it was there */
  delete(item: Item): boolean {
    const { place } = item;
    if (place === ABSENT) return false;
    item.place = ABSENT;
    const last = this.#items.pop();
    if (!last || last === item) return true;
    this.#items[place] = last;
    last.place = place;
    return true;
  }

  /** Those that are there now; they may go meanwhile. */
  [Symbol.iterator](): IterableIterator<Item> {
    return this.#items.slice().values();
  }
}

/** Can be on one roster. It is a field, and no class to descend from, which would cost each of them a constructor more. */
export interface Listed {
  /** Where it is on its roster: `ABSENT` at first, and the roster's then. */
  place: number;
}
