import { type Change, ChangeBus, type ChangeListener } from './change-bus.ts';

/** The listeners of this process: enough for one replica, and the inner half of the other adapters. */
export class InProcessChangeBus extends ChangeBus {
  readonly #listeners = new Set<ChangeListener>();

  override async publish(change: Change): Promise<void> {
    this.tell(change);
  }

  /** Calls the listeners at once. A copy of the set, because a listener may leave while it is told. */
  tell(change: Change): void {
    for (const listener of Array.from(this.#listeners)) listener(change);
  }

  override subscribe(listener: ChangeListener): () => void {
    const own: ChangeListener = (change) => listener(change);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  override async close(): Promise<void> {
    this.#listeners.clear();
  }
}
