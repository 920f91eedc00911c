/**
 * Does something, and removes what it made: at its end, when it fails, and when it is interrupted.
 *
 * After a signal the work fails because what it used is gone. That is no news: the exit code is 130.
 */
export async function guarded(work: () => Promise<void>, cleanUp: () => Promise<void>): Promise<void> {
  let interrupted = false;
  let cleaning: Promise<void> | undefined;
  const clean = (): Promise<void> => (cleaning ??= cleanUp());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted = true;
      void clean().finally(() => process.exit(130));
    });
  }
  try {
    await work();
  } catch (error) {
    if (!interrupted) throw error;
  } finally {
    await clean();
  }
}
