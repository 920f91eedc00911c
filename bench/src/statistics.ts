/** Where the middle of some measurements lies, and how far they spread. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError of nothing */
export function summarise(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  const at = (i: number): number => sorted[i] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, min: at(0), max: at(sorted.length - 1) };
}

/** Two things measured one after the other, in milliseconds. */
export interface Pair {
  readonly weir: number;
  readonly bare: number;
}

export interface Row {
  readonly name: string;
  readonly runs: number;
  readonly weir: Summary;
  readonly bare: Summary;
  /** Of each pair, so that a slow minute of the machine weighs on both sides. */
  readonly ratio: Summary;
  readonly must: number;
  readonly aim: number;
}

export const rowOf = (name: string, pairs: readonly Pair[], { must, aim }: { must: number; aim: number }): Row => ({
  name,
  runs: pairs.length,
  weir: summarise(pairs.map(({ weir }) => weir)),
  bare: summarise(pairs.map(({ bare }) => bare)),
  ratio: summarise(pairs.map(({ weir, bare }) => weir / bare)),
  must,
  aim,
});

/** The rows whose middle misses the bar. */
export const missed = (rows: readonly Row[]): string[] => rows.filter(({ ratio, must }) => ratio.median > must).map(({ name }) => name);
