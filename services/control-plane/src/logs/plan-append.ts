import type { NewLogLine } from '@weir/contracts';
import { sanitizeLine } from './sanitize-line.ts';

/** Most bytes of one log. */
export const LOG_BYTES = 20_000_000;
const WRITERS_KEPT = 50;

/** The state of a log's end. `batches`: of each writer, its last batch and the line that it ended with. */
export interface Head {
  readonly seq: number;
  readonly bytes: number;
  readonly batches: Readonly<Record<string, readonly [batch: number, seq: number]>>;
}

export interface Append {
  readonly lines: readonly (NewLogLine & { readonly seq: number })[];
  readonly head: Head;
}

const marker = (at: string): NewLogLine => ({ at, stream: 'system', text: `The log has reached ${LOG_BYTES / 1_000_000} MB. What follows was left out.` });

/**
 * What a batch adds to a log; nothing if this writer's batch was written already.
 *
 * @param bounded whether lines beyond the most bytes are left out, after one line that says so
 */
export function planAppend(head: Head, { writer, batch, lines }: { writer: string; batch: number; lines: readonly NewLogLine[] }, bounded: boolean): Append | undefined {
  if (batch <= (head.batches[writer]?.[0] ?? -1)) return undefined;
  let { seq, bytes } = head;
  const added: (NewLogLine & { seq: number })[] = [];
  for (const line of lines) {
    if (bounded && bytes > LOG_BYTES) break;
    const clean = sanitizeLine(line);
    bytes += clean.bytes;
    added.push({ at: clean.at, stream: clean.stream, text: clean.text, seq: ++seq });
    if (bounded && bytes > LOG_BYTES) added.push({ ...marker(line.at), seq: ++seq });
  }
  return { lines: added, head: { seq, bytes, batches: remember(head.batches, writer, [batch, seq]) } };
}

/** Writers come and go with each instance: the longest silent ones are forgotten. */
function remember(batches: Head['batches'], writer: string, last: readonly [number, number]): Head['batches'] {
  const all = Object.entries({ ...batches, [writer]: last });
  return Object.fromEntries(all.sort(([, a], [, b]) => b[1] - a[1]).slice(0, WRITERS_KEPT));
}
