import { parseArgs } from 'node:util';
import { runsFrom } from '../command-line.ts';
import { FIGURES, type Figure } from './figures.ts';

export interface GatewayOptions {
  readonly figures: readonly Figure[];
  readonly runs: number;
  /** Of one measurement. */
  readonly seconds: number;
  /** No repetition begins that would end later, if it takes as long as the one before. */
  readonly limitMs: number;
  readonly json: boolean;
  readonly strict: boolean;
}

const MINUTE_MS = 60_000;

/** @throws Error with a sentence for the person who typed it */
export function gatewayOptions(args: readonly string[]): GatewayOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string' }, rows: { type: 'string' }, thorough: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, strict: { type: 'boolean', default: false } },
  });
  const { thorough, json, strict } = values;
  const runs = runsFrom(values.runs ?? (thorough ? '15' : '5'), 50);
  const keys = values.rows?.split(',').map((key) => key.trim());
  const unknown = keys?.find((key) => !FIGURES.some((figure) => figure.key === key));
  if (unknown !== undefined) throw new Error(`There is no row ${unknown.slice(0, 40)}. Rows: ${FIGURES.map(({ key }) => key).join(', ')}.`);
  const figures = FIGURES.filter(({ key }) => keys?.includes(key) ?? true);
  return { figures, runs, seconds: thorough ? 4 : 1.6, limitMs: thorough ? Infinity : 14 * MINUTE_MS, json, strict };
}
