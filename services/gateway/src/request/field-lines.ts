/*
 * Header fields, read strictly (RFC 9110 §5.5, §5.6.2): token names right before the colon, values without
 * control characters, CRLF line ends, no folded lines. Requests and answers are read by the same rules.
 */

const TOKEN = Uint8Array.from({ length: 256 }, (_, code) => (/[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCodePoint(code)) ? 1 : 0));

const [TAB, LF, CR, SPACE, COLON, DELETE] = [9, 10, 13, 32, 58, 127];

export const isFieldValueCode = (code: number): boolean => (code >= SPACE && code !== DELETE) || code === TAB;

const isBlank = (code: number): boolean => code === SPACE || code === TAB;

/**
 * Reads the lines of `text` (Latin-1, each with its CRLF) from `at` to its end.
 *
 * @returns names and values as a flat list, or `undefined` if a line is not strictly a field
 */
export function readFieldLines(text: string, at: number): string[] | undefined {
  const fields: string[] = [];
  let next = at;
  while (next < text.length) {
    const name = next;
    while (TOKEN[text.charCodeAt(next)] === 1) next += 1;
    if (next === name || text.charCodeAt(next) !== COLON) return undefined;
    const colon = next;
    let start = colon + 1;
    while (isBlank(text.charCodeAt(start))) start += 1;
    next = start;
    while (isFieldValueCode(text.charCodeAt(next))) next += 1;
    if (text.charCodeAt(next) !== CR || text.charCodeAt(next + 1) !== LF) return undefined;
    let end = next;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
    fields.push(text.slice(name, colon), text.slice(start, end));
    next += 2;
  }
  return fields;
}
