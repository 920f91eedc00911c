import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    long: boolean;
  }
}

/** In the suite `long`, all attacks run; in `integration` those that take little time. */
const LONG = inject('long');

/** Defines what runs in the suite `long` only. */
export const inLong = (define: () => void): void => {
  if (LONG) define();
};

/** A whole table of attacks then, and else the first of them, which stand for the others. */
export const rowsOf = <Row>(table: readonly Row[], quick: number): readonly Row[] => (LONG ? table : table.slice(0, quick));
