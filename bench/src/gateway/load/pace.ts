/** Begins `count` units at a fixed rate, whether or not earlier ones have ended; those that are late begin at once. */
export function pace(rate: number, count: number, begin: (dueAt: number) => void): Promise<void> {
  const startedAt = performance.now();
  let begun = 0;
  return new Promise((resolve) => {
    const tick = (): void => {
      const due = Math.min(count, Math.floor(((performance.now() - startedAt) / 1000) * rate) + 1);
      for (; begun < due; begun++) begin(startedAt + (begun / rate) * 1000);
      if (begun === count) resolve();
      else setTimeout(tick, 1);
    };
    tick();
  });
}
