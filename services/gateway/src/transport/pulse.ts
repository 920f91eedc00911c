/** Pings that a browser may leave unanswered. */
const MISSES = 2;
/**
 * An answer comes behind all that was sent before it, which may wait in kernels and proxies on the way: a browser
 * has one look more for each of these, and so lives if it takes 75 KB/s.
 */
const BYTES_A_LOOK = 2 ** 20;
/** More does not wait on any way; and whoever is gone is to be noticed. */
const MOST_BEHIND = 8 * BYTES_A_LOOK;

/**
 * Whether a browser is still there. It is asked only if it was sent something since it last said anything: while all is
 * silent the kernel's keep-alive asks, which on Linux waits while anything that was sent is not acknowledged.
 */
export class Pulse {
  /** All that was sent when the browser last spoke, and when it was last looked after. */
  #answered = 0;
  #seen = 0;
  /** What may still be on its way, though the browser spoke: it says what it wants before it has read all. */
  #behind = 0;
  /** Looks that found it silent. */
  #silent = 0;
  /** Looks until it is given up, once it was asked. */
  #patience = 0;

  /** The browser said something, be it an answer to a ping. @param sent bytes that it was sent so far */
  heard(sent: number): void {
    this.#answered = sent;
    this.#silent = 0;
  }

  /** It cannot be asked, or not be heard. It is asked afresh. */
  excuse(): void {
    this.#silent = 0;
  }

  /** @param sent bytes that it was sent so far, without pings @returns what is to be done about it */
  look(sent: number): 'nothing' | 'ask' | 'give-up' {
    this.#behind = Math.min(MOST_BEHIND, Math.max(0, this.#behind - BYTES_A_LOOK) + sent - this.#seen);
    this.#seen = sent;
    if (sent === this.#answered) return 'nothing';
    this.#silent += 1;
    if (this.#silent === 1) return 'nothing'; // it may speak by itself, or answer the app
    if (this.#silent === 2) this.#patience = MISSES + Math.floor(this.#behind / BYTES_A_LOOK);
    else if (--this.#patience === 0) return 'give-up';
    return 'ask';
  }
}
