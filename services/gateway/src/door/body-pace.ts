/**
 * In so many looks, one a second, a client has to send something of a body that we are willing to read. They are counted,
 * not timed: a process that was held up itself reads what has come before it gives up.
 */
const SILENT_LOOKS = 60;

/** Notices a body that stops coming. It is looked at now and then, so that the bytes themselves cost nothing. */
export class BodyPace {
  #bytesRead = -1;
  #silent = 0;

  /**
   * Called about once a second while a body is to come.
   *
   * @param bytesRead of its connection so far
   * @param isWilling whether more would be read: while the other side takes none, its client can do nothing
   * @returns whether nothing came for a minute
   */
  isStalled(bytesRead: number, isWilling: boolean): boolean {
    if (isWilling && bytesRead === this.#bytesRead) this.#silent += 1;
    else [this.#bytesRead, this.#silent] = [bytesRead, 0];
    return this.#silent >= SILENT_LOOKS;
  }
}
