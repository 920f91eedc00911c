/** A longer head is nobody's. */
export const MOST_HEAD_BYTES = 65_536;
/** Nearly every head is shorter. */
const USUAL_BYTES = 4_096;
const HEAD_END = '\r\n\r\n';

/**
 * The head that bytes begin with, as Latin-1 text: all but the empty line at its end.
 *
 * That line is looked for in the text, which is needed anyway, and not in the bytes, where it is Node's own to look.
 *
 * @returns `undefined` where the head does not end, or is longer than the most
 */
export function headIn(bytes: Buffer, looked = USUAL_BYTES): string | undefined {
  const text = bytes.toString('latin1', 0, looked);
  const end = text.indexOf(HEAD_END);
  if (end !== -1) return text.slice(0, end + 2);
  return looked === USUAL_BYTES && bytes.length > looked ? headIn(bytes, MOST_HEAD_BYTES + HEAD_END.length) : undefined;
}
