import type { Row, Summary } from './statistics.ts';

const range = ({ median, min, max }: Summary, unit: string, scale = 1): string => `${(median / scale).toFixed(2)}${unit} ${(min / scale).toFixed(2)}-${(max / scale).toFixed(2)}`;

/** One line a row: the middle, then the least and the most. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [
    ['figure', 'Weir', 'bare', 'ratio', 'must', 'aim'],
    ...rows.map(({ name, weir, bare, ratio, must, aim }) => [name, range(weir, ' s', 1000), range(bare, ' s', 1000), range(ratio, 'x'), `≤${must}`, `≤${aim}`]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
