import { InvalidArgumentError } from 'commander';

/** Reads a whole number. The platform says which ones it takes. */
export function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('This is not a whole number.');
  return Number(text);
}

/** Reads a whole number of minutes, or `never`. */
export const minutes = (text: string): Minutes => (text === 'never' ? text : whole(text));
export type Minutes = number | 'never';
