/** Looks that a browser may leave unanswered. */
const MISSES = 2;
/**
 * An answer comes behind all that was sent before it, which may wait in kernels and proxies on the way: a browser
 * has one look more for each of these, and so lives if it takes 75 KB/s.
 */
const BYTES_A_LOOK = 2 ** 20;

/**
 * Whether a browser is still there. It is asked only if it was sent something since it last said anything: while all is
 * silent the kernel's keep-alive asks, which on Linux waits while anything that was sent is not acknowledged.
 */
export class Pulse {
  /** All that was sent when the browser last spoke. */
  #answered = 0;
  /** Looks until it is given up; 0 while nothing is known to be unanswered. */
  #patience = 0;

  /** The browser said something, be it an answer to a ping. @param sent bytes that it was sent so far */
  heard(sent: number): void {
    this.#answered = sent;
    this.#patience = 0;
  }

  /** It cannot be asked, or not be heard. It is asked afresh. */
  excuse(): void {
    this.#patience = 0;
  }

  /** @param sent bytes that it was sent so far, without pings @returns what is to be done about it */
  look(sent: number): 'nothing' | 'ask' | 'give-up' {
    const unanswered = sent - this.#answered;
    if (unanswered === 0) return 'nothing';
    if (this.#patience === 0) {
      this.#patience = MISSES + 1 + Math.floor(unanswered / BYTES_A_LOOK);
      return 'nothing'; // it may speak by itself, or answer the app
    }
    this.#patience -= 1;
    return this.#patience === 0 ? 'give-up' : 'ask';
  }
}
