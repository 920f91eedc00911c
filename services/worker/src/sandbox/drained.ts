import type { Duplex } from 'node:stream';

/** Resolves once a stream takes more, will take no more, or the signal fires. */
export const drained = (stream: Duplex, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      over.removeEventListener('abort', done);
      resolve();
    };
    stream.once('drain', done).once('close', done);
    over.addEventListener('abort', done);
    if (over.aborted) done();
  });
