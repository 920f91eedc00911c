import { readFacts } from '../src/request/request-facts.ts';
import { requestHeaders } from '../src/request/headers.ts';
import { readStrictHead, type StrictHead } from '../src/request/strict-head.ts';
import { requestHead } from '../src/transport/forwarding.ts';
import { fuzzedHeads } from './fuzz-heads.ts';
import { readByLlhttp, type Reading } from './llhttp.ts';

export interface FuzzResult {
  readonly heads: number;
  /** Of them, those that the strict reader took. */
  readonly accepted: number;
  /** Heads that the two read differently, with what each read. */
  readonly disagreements: readonly string[];
}

const NEXT = 'GET /next HTTP/1.1\r\nHost: next\r\n\r\n';
const AT_ONCE = 100;

/**
 * Compares our reader with llhttp, for as long as asked: whatever ours accepts, llhttp must accept as the same
 * request with the same body, and what we then send upstream must be read there as that one request.
 */
export async function fuzz(seed: number, forMs: number): Promise<FuzzResult> {
  const heads = fuzzedHeads(seed);
  const until = performance.now() + forMs;
  const result = { heads: 0, accepted: 0, disagreements: new Array<string>() };
  while (performance.now() < until && result.disagreements.length < 10) {
    const batch = Array.from({ length: AT_ONCE }, () => heads.next().value);
    result.heads += batch.length;
    const read = batch.flatMap((text) => {
      const end = text.indexOf('\r\n\r\n');
      const strict = end === -1 ? undefined : readStrictHead(text.slice(0, end + 2));
      return strict ? [{ text: text.slice(0, end + 4), strict }] : [];
    });
    result.accepted += read.length;
    for (const found of await Promise.all(read.map(({ text, strict }) => compare(text, strict)))) if (found) result.disagreements.push(found);
  }
  return result;
}

async function compare(text: string, strict: StrictHead): Promise<string | undefined> {
  const body = 'x'.repeat(Math.min(strict.bodyBytes, 100_000));
  if (body.length < strict.bodyBytes) return undefined;
  const asRead = { method: strict.method, target: strict.url, rawHeaders: strict.rawHeaders };
  const ours = expected(asRead, strict, body.length);
  const theirs = withoutKey(await readByLlhttp(Buffer.from(text + body + NEXT, 'latin1')), strict.webSocketKey);
  if (!same(ours, theirs)) return JSON.stringify({ text, ours, theirs });

  const facts = readFacts(strict, strict.webSocket);
  if ('status' in facts || strict.webSocket) return undefined; // refused, or written by Handshake
  const headers = requestHeaders(strict.rawHeaders, 'app', { address: '10.0.0.1', scheme: 'http', host: facts.host.name });
  const sent = requestHead({ method: strict.method, bodyBytes: strict.bodyBytes, exchange: { to: { host: '', port: 0, family: 0 }, target: facts.target, headers, audience: 'app', firstByteMs: undefined, asset: undefined, setCookie: undefined } });
  const seen = await readByLlhttp(Buffer.from(sent + body + NEXT, 'latin1'));
  const lacked = seen[0]?.rawHeaders.length === headers.length + 2 ? ['Content-Length', '0'] : [];
  const meant = expected({ method: strict.method, target: strict.url, rawHeaders: [...headers, ...lacked] }, strict, body.length);
  return same(meant, seen) ? undefined : JSON.stringify({ text, sent, meant, seen });
}

function expected(request: Pick<Reading, 'method' | 'target' | 'rawHeaders'>, { webSocket, keepAlive }: StrictHead, bodyBytes: number): Reading[] {
  if (webSocket) return [{ ...request, upgrade: true, bodyBytes: NEXT.length }];
  const first = { ...request, upgrade: false, bodyBytes };
  const goesOn = keepAlive || !request.rawHeaders.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'connection');
  return goesOn ? [first, { method: 'GET', target: '/next', rawHeaders: ['Host', 'next'], upgrade: false, bodyBytes: 0 }] : [first];
}

/** The same, but for a WebSocket's key where ours has it apart. */
function withoutKey([first, ...more]: readonly Reading[], key: string | undefined): Reading[] {
  const at = first?.rawHeaders.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'sec-websocket-key' && first.rawHeaders[i + 1] === key) ?? -1;
  return !first || key === undefined || at === -1 ? [...(first ? [first] : []), ...more] : [{ ...first, rawHeaders: first.rawHeaders.toSpliced(at, 2) }, ...more];
}

const same = (ours: readonly Reading[], theirs: readonly Reading[]): boolean => JSON.stringify(ours) === JSON.stringify(theirs);
