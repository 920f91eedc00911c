import { valuesOf } from '../request/values-of.ts';

/** Whether an answer may be given to others too, as far as it says: nobody's own, in no coding, and the same whoever asks (RFC 9111 §3). */
export function isForEverybody(headers: readonly string[]): boolean {
  if (['set-cookie', 'content-encoding'].some((name) => valuesOf(headers, name).length > 0)) return false;
  if (valuesOf(headers, 'cache-control').some((value) => /\b(?:private|no-store)\b/i.test(value))) return false;
  return valuesOf(headers, 'vary').every((value) => value.toLowerCase() === 'accept-encoding');
}
