/**
 * In so many looks, one a second, something has to move: a client sends of a body that we are willing to read, or takes
 * of an answer. They are counted, not timed: a process that was held up itself sees what has come before it gives up.
 */
const SILENT_LOOKS = 60;

/** Notices bytes that stop moving. It is looked at now and then, so that the bytes themselves cost nothing. */
export class Pace {
  #bytes = -1;
  #silent = 0;

  /**
   * Called about once a second while more is to move.
   *
   * @param bytes that have come so far, or that are still to leave
   * @param isWilling whether more would be read: while the other side takes none, its client can do nothing
   * @returns whether nothing moved for a minute
   */
  isStalled(bytes: number, isWilling = true): boolean {
    if (isWilling && bytes === this.#bytes) this.#silent += 1;
    else [this.#bytes, this.#silent] = [bytes, 0];
    return this.#silent >= SILENT_LOOKS;
  }
}
