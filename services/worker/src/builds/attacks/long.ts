import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    long: boolean;
  }
}

/** Whether the attacks that take long are asked for: `WEIR_LONG=1`. */
export const LONG = inject('long');

/** A whole table of attacks then, and else the first of them, which stand for the others. */
export const rowsOf = <Row>(table: readonly Row[], quick: number): readonly Row[] => (LONG ? table : table.slice(0, quick));
