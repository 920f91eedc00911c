import { stripVTControlCharacters } from 'node:util';
import type { Database } from '@weir/database';

const LINES = 10;
/** With the mark of a cut, less than 2 KB. */
const BYTES = 2000;

/** The end of what an app wrote, as plain text; `null` if it wrote nothing. What does not fit is cut from its beginning. */
export function lastWords(lines: readonly string[]): string | null {
  const text = lines.slice(-LINES).map(plain).join('\n').replace(/^\n+/, '').trimEnd();
  const bytes = Buffer.from(text);
  if (bytes.length <= BYTES) return text || null;
  return `…${bytes.subarray(-BYTES).toString().replace(/^\uFFFD+/, '')}`; // half a character is none
}

/** Of a line that was redrawn in place, what was drawn last; nothing that steers a terminal or turns the text around. */
const plain = (line: string): string => stripVTControlCharacters(line.trimEnd().split('\r').at(-1) ?? '').replace(/[[\p{Cc}\p{Bidi_Control}]--\t]/gv, '').trimEnd();

/**
 * What apps wrote last since a time, by their ids: one question to the database. What the platform
 * says in their logs is left out, for it says that elsewhere.
 */
export async function readLastWords(db: Database, apps: readonly { readonly id: string; readonly since: Date }[]): Promise<Map<string, string | null>> {
  if (apps.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; lines: string[] }[]>`
    SELECT a."id", array(
      SELECT left(l."text", ${BYTES}::int) FROM "log_line" l
      WHERE l."subject" = a."id" AND l."at" >= a."since" AND l."stream" <> 'system' ORDER BY l."seq" DESC LIMIT ${LINES}::int
    ) AS "lines"
    FROM unnest(${apps.map(({ id }) => id)}::text[], ${apps.map(({ since }) => since)}::timestamptz[]) AS a("id", "since")`;
  return new Map(rows.map(({ id, lines }) => [id, lastWords(lines.toReversed())]));
}
