import type { Change, ChangeBus } from './change-bus.ts';

interface Follow {
  readonly matches: (change: Change) => boolean;
  /** How often to look although nothing was heard, in milliseconds. */
  readonly lookEveryMs: number;
  readonly signal: AbortSignal;
}

/**
 * What has changed since the last turn, as ids; `undefined` on the first turn and when it
 * is time to look at everything. However much happens during a turn is one next turn.
 */
export async function* changedIds(bus: ChangeBus, { matches, lookEveryMs, signal }: Follow): AsyncGenerator<ReadonlySet<string> | undefined> {
  let pending = new Set<string>();
  let wake = (): void => undefined;
  const leave = bus.subscribe((change) => {
    if (!matches(change)) return;
    pending.add(change.id);
    wake();
  });
  const rouse = () => wake();
  signal.addEventListener('abort', rouse, { once: true });
  try {
    yield undefined;
    while (!signal.aborted) {
      if (pending.size === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, lookEveryMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      if (signal.aborted) return;
      const ids = pending;
      pending = new Set();
      yield ids.size > 0 ? ids : undefined;
    }
  } finally {
    leave();
    signal.removeEventListener('abort', rouse);
  }
}
