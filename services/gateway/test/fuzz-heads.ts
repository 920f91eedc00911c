/** Heads of requests, most of them almost right. The same seed gives the same heads. */
export function* fuzzedHeads(seed: number): Generator<string, never> {
  const chance = randomly(seed);
  const below = (bound: number): number => Math.floor(chance() * bound);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;

  for (;;) {
    // The first of each list are plain: half of the heads begin so, else mutation would rarely leave one to compare.
    const tame = chance() < 0.5;
    const lines = [tame ? `${oneOf(METHODS.slice(0, 9))} ${oneOf(TARGETS.slice(0, 6))} HTTP/1.1` : `${oneOf(METHODS)} ${oneOf(TARGETS)} ${oneOf(VERSIONS)}`, 'Host: app.localhost:8080'];
    for (let i = below(6); i > 0; i--) lines.push(oneOf(tame ? FIELDS.slice(0, 16) : FIELDS));
    if (chance() < 0.2) lines.splice(below(lines.length + 1), 0, oneOf(lines));
    if (chance() < 0.2) lines.push(...UPGRADE);
    let text = `${lines.join('\r\n')}\r\n\r\n`;
    for (let i = Math.max(0, below(6) - 2); i > 0; i--) text = mutate(text, below(text.length), below(4), chance() < 0.5 ? oneOf(ODD) : String.fromCodePoint(below(256)));
    yield text;
  }
}

const METHODS = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE', 'PRI', 'get', 'GETT', 'M-SEARCH'];
const TARGETS = ['/', '/a/b?c=%20', '/_stcore/stream', '//x', '/a|b{}"<>\\^`', '/;a=b?c?d', '*', 'http://app.localhost:8080/', 'app.localhost:80', '/a#b', '/%', '/?', '/\xe9', ''];
const VERSIONS = ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'http/1.1', 'ICE/1.0', 'RTSP/1.1'];
const UPGRADE = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='];
const FIELDS = [
  'Content-Length: 0', 'Content-Length: 5', 'Content-Length: 05', 'content-length:\t7 ', 'Connection: keep-alive', 'Connection: close', 'Cookie: a=1; weir_affinity=x', 'Accept: text/html', 'X-Empty:', 'X-Blank: \t ', 'X-Latin: \xe9\xff', 'X-Tab: a\tb', 'X_Under: 1', '__proto__: 1', 'X-Forwarded-For: 6.6.6.6', "!#$%&'*+-.^_`|~: odd but a token",
  'Content-Length: +5', 'Content-Length: 5, 5', 'Content-Length: 0x5', 'Content-Length:', 'Content-Length : 5', 'Content_Length: 5', 'Content-Length: 5\x0b',
  'Transfer-Encoding: chunked', 'Transfer-Encoding: identity', 'Transfer-Encoding: gzip, chunked', 'Transfer-Encoding : chunked', 'Transfer-Encoding:\x0bchunked', 'X: a\r\n chunked', 'X: a\nContent-Length: 5', 'X: a\rContent-Length: 5',
  'Connection: close, X-Weir-User', 'Connection: keep-alive, Upgrade', 'Connection: upgrade', 'Connection:', 'Proxy-Connection: close', 'Keep-Alive: timeout=5', 'Upgrade: websocket', 'Upgrade: h2c', 'Sec-WebSocket-Version: 13', 'TE: trailers', 'Trailer: X', 'Expect: 100-continue', 'Host: other', 'Cookie: weir_affinity=x', 'X.Dot: 1', 'constructor: 1',
];
const ODD = ['\r', '\n', '\r\n', '\r\n\r\n', '\0', ' ', '\t', ':', ',', ';', '\x0b', '\x7f', '\x80', '\xff', '#', '5', 'Content-Length: 5\r\n', 'Transfer-Encoding: chunked\r\n', '\r\n ', '/'];

function mutate(text: string, at: number, kind: number, bytes: string): string {
  const removed = kind === 0 ? 1 : kind === 1 ? bytes.length : 0;
  return text.slice(0, at) + (kind === 0 ? '' : bytes) + text.slice(at + removed);
}

/** Mulberry32: small, and good enough to choose with. */
function randomly(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
