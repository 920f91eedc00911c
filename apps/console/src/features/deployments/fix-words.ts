import type { FixView } from '@weir/contracts';

const SETS: { readonly [S in FixView['setting']]: (value: string) => string } = {
  python: (value) => `Set Python ${value}`,
  entryFile: (value) => `Run ${value}`,
  memoryMib: (value) => `Give it ${value} MiB of memory`,
};

/** What the button of a fix says it does. */
export const fixWords = ({ setting, value }: FixView): string => `${SETS[setting](String(value))} and deploy again`;
