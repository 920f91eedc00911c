import { parse } from 'smol-toml';
import { PlanFailure } from './plan-failure.ts';

export type Table = Record<string, unknown>;

export const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && !Array.isArray(value);
export const tableIn = (table: Table | undefined, ...keys: readonly string[]): Table | undefined => {
  const [key, ...rest] = keys;
  if (key === undefined) return table;
  const inner = table?.[key];
  return isTable(inner) ? tableIn(inner, ...rest) : undefined;
};
export const textIn = (table: Table | undefined, key: string): string | null => {
  const value = table?.[key];
  return typeof value === 'string' ? value : null;
};
/** The texts of a list; of anything else, none. */
export const textsIn = (table: Table | undefined, key: string): string[] => {
  const value = table?.[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};

/** Reads a TOML file of a repository, or throws {@link PlanFailure} with the line that is none. */
export function readToml(path: string, text: string | undefined): Table {
  if (text === undefined) throw notText(path);
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw malformed(path, 'TOML', error);
  }
}

export const notText = (path: string): PlanFailure => new PlanFailure('plan.requirements_unreadable', `${path} is not a text file.`, 'Save it as plain UTF-8 text.');

export const malformed = (path: string, form: string, error: unknown): PlanFailure =>
  new PlanFailure('plan.requirements_unreadable', `${path} is not valid ${form}.`, 'Correct the line shown, or make the file anew with the tool that wrote it.', error instanceof Error ? error.message : String(error));
