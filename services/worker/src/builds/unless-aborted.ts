/** What a promise comes to, or the signal's reason as soon as it is aborted. The work itself goes on: see to it that it ends. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * The same for work that makes something and cannot be ended: what comes of it after all is removed.
 *
 * What is given back is the caller's: a later abort does not touch it.
 */
export async function madeUnlessAborted<T>(work: Promise<T>, signal: AbortSignal, remove: (made: T) => Promise<unknown>): Promise<T> {
  try {
    const made = await unlessAborted(work, signal);
    signal.throwIfAborted(); // in the moment it was made
    return made;
  } catch (error) {
    if (signal.aborted) void work.then(remove).catch(() => undefined); // not waited for, and it may never have been made
    throw error;
  }
}
