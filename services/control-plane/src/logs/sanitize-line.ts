import type { NewLogLine } from '@weir/contracts';

/** Most bytes of one line; what is longer is cut and says so. */
export const LINE_BYTES = 16_384;
/** The contract bounds a line in UTF-16 units too. */
const CUT = ' … (cut)';

/** A line as it can be stored: well-formed, without NUL (Postgres takes none), not too long. */
export function sanitizeLine({ at, stream, text }: NewLogLine): NewLogLine & { readonly bytes: number } {
  const clean = text.replaceAll('\0', '�').toWellFormed();
  const bytes = Buffer.byteLength(clean);
  if (bytes <= LINE_BYTES) return { at, stream, text: clean, bytes };
  const kept = Buffer.from(clean).subarray(0, LINE_BYTES - Buffer.byteLength(CUT)).toString('utf8').replace(/\uFFFD$/, '');
  return { at, stream, text: `${kept}${CUT}`, bytes: LINE_BYTES };
}
