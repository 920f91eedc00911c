import { valuesOf } from '../request/values-of.ts';
import { headText, type AnswerHead } from './answer-head.ts';
import { NOBODY, type Channel } from './channel.ts';

/** A refusal's body is passed on for so long. */
const LIMIT_MS = 10_000;

export interface RefusedHandshake {
  readonly client: Channel;
  readonly upstream: Channel;
  /** As the upstream gave it. */
  readonly head: AnswerHead;
  /** As the browser gets them, but for the framing. */
  readonly headers: readonly string[];
  /** The browser's connection is closed. */
  readonly left: () => void;
}

/** Passes on what an app says instead of a 101. The body keeps the framing it came with: this connection carries nothing else. */
export function passOnRefusal({ client, upstream, head, headers, left }: RefusedHandshake): void {
  const [encoding] = valuesOf(head.headers, 'transfer-encoding');
  const [length] = valuesOf(head.headers, 'content-length');
  let remaining = encoding === undefined && length !== undefined ? Number(length) : Infinity;
  const finish = (): void => {
    client.socket.end();
    upstream.socket.destroy();
  };
  const receive = (chunk: Buffer): boolean => {
    const flowing = client.socket.write(Buffer.from(chunk.subarray(0, remaining)));
    remaining -= chunk.length;
    if (remaining <= 0) finish();
    return flowing;
  };
  const limit = setTimeout(() => client.socket.destroy(), LIMIT_MS);
  upstream.reader = { ...NOBODY, receive, ended: finish, closed: finish };
  client.reader = {
    ...NOBODY,
    drained: () => upstream.socket.resume(),
    closed: () => {
      clearTimeout(limit);
      upstream.socket.destroy();
      left();
    },
  };
  client.socket.write(headText(`HTTP/1.1 ${head.status} ${head.reason}`, [...headers, ...(encoding === undefined ? [] : ['Transfer-Encoding', encoding]), 'Connection', 'close']), 'latin1');
  client.resume();
  if (remaining <= 0) finish();
  else if (!receive(head.rest)) upstream.socket.pause();
}
