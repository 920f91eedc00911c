import type { Row, Summary } from './statistics.ts';

const range = ({ median, min, max }: Summary, unit: string, scale = 1): string => `${(median / scale).toFixed(2)}${unit} ${(min / scale).toFixed(2)}-${(max / scale).toFixed(2)}`;

/** One line a row: the middle, then the least and the most. */
export function tableOf(rows: readonly Row[]): string {
  return aligned([
    ['figure', 'Weir', 'bare', 'ratio', 'must', 'aim'],
    ...rows.map(({ name, weir, bare, ratio, must, aim }) => [name, range(weir, ' s', 1000), range(bare, ' s', 1000), range(ratio, 'x'), `≤${must}`, `≤${aim}`]),
  ]);
}

/** Columns as wide as their widest cell. The first row sets how many there are; a row's lone first cell may be longer. */
export function aligned(lines: readonly (readonly string[])[]): string {
  const isHeading = (line: readonly string[]): boolean => line.slice(1).every((cell) => cell === '');
  const widths = lines[0]?.map((_, column) => Math.max(...lines.filter((line) => !isHeading(line)).map((line) => line[column]?.length ?? 0))) ?? [];
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
