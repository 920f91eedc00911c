import { describe, expect, it } from 'vitest';
import { readStrictHead } from './strict-head.ts';

const head = (...lines: string[]): string => lines.map((line) => `${line}\r\n`).join('');
const HOST = 'Host: a';

describe('a strict head', () => {
  it('is read with its target and headers as they came', () => {
    expect(readStrictHead(head('PUT /x?a=%2F HTTP/1.1', 'HOST:a:80', 'X-A: \tb c\t ', 'x-empty:', 'x-latin: \xe9', 'Content-Length: 12', 'Connection: close'))).toMatchObject({
      method: 'PUT', url: '/x?a=%2F', bodyBytes: 12, keepAlive: false, webSocket: false,
      rawHeaders: ['HOST', 'a:80', 'X-A', 'b c', 'x-empty', '', 'x-latin', '\xe9', 'Content-Length', '12', 'Connection', 'close'],
      headers: { host: 'a:80', 'x-a': 'b c', 'x-empty': '' },
    });
  });

  it.each(['Upgrade', 'keep-alive, Upgrade'])('asks for a WebSocket with Connection: %s', (connection) => {
    expect(readStrictHead(head('GET /s HTTP/1.1', HOST, `Connection: ${connection}`, 'Upgrade: WebSocket', 'Sec-WebSocket-Version: 13'))?.webSocket).toBe(true);
  });

  describe('of an upgrade', () => {
    const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
    const upgrade = (...more: string[]): ReturnType<typeof readStrictHead> => readStrictHead(head('GET /s HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', ...more, 'X-Last: 1'));

    it('has its key apart, and the same headers each time', () => {
      const [one, other] = [upgrade(`Sec-WebSocket-Key: ${KEY}`), upgrade('sec-websocket-key:AAAAAAAAAAAAAAAAAAAAAA==')];
      expect([one?.webSocketKey, other?.webSocketKey]).toEqual([KEY, 'AAAAAAAAAAAAAAAAAAAAAA==']);
      expect(one?.rawHeaders).toEqual(['Host', 'a', 'Connection', 'Upgrade', 'Upgrade', 'websocket', 'Sec-WebSocket-Version', '13', 'X-Last', '1']);
      expect(other?.rawHeaders).toBe(one?.rawHeaders);
    });

    it.each(['bad', `${KEY} `, 'dGhlIHNhbXBsZSBub25jZ_==', `${KEY}, ${KEY}`])('keeps a key that browsers do not send where it is (%s)', (key) => {
      const read = upgrade(`Sec-WebSocket-Key: ${key}`);
      expect([read?.webSocket, read?.webSocketKey, read?.rawHeaders.slice(8, 10)]).toEqual([true, undefined, ['Sec-WebSocket-Key', key.trim()]]);
    });

    it('has not two keys, nor one that goes on', () => {
      expect([upgrade(`Sec-WebSocket-Key: ${KEY}`, `SEC-WebSocket-Key: ${KEY}`), upgrade(`Sec-WebSocket-Key: ${KEY}`, 'Sec-WebSocket-Key: x'), upgrade(`Sec-WebSocket-Key: ${KEY}`, ' x')]).toEqual([undefined, undefined, undefined]);
    });

    it('has a key that means nothing among its headers where it is none', () => {
      expect(readStrictHead(head('GET / HTTP/1.1', HOST, `Sec-WebSocket-Key: ${KEY}`))).toMatchObject({ webSocket: false, webSocketKey: undefined, rawHeaders: ['Host', 'a', 'Sec-WebSocket-Key', KEY] });
    });
  });

  it.each([
    ['another method', head('CONNECT /a HTTP/1.1', HOST)],
    ['a method in lower case', head('get / HTTP/1.1', HOST)],
    ['HTTP/1.0', head('GET / HTTP/1.0', HOST)],
    ['no version', head('GET /', HOST)],
    ['an absolute target', head('GET http://a/ HTTP/1.1', HOST)],
    ['an asterisk', head('OPTIONS * HTTP/1.1', HOST)],
    ['a space in the target', head('GET /a b HTTP/1.1', HOST)],
    ['two spaces', head('GET  / HTTP/1.1', HOST)],
    ['a fragment', head('GET /a#b HTTP/1.1', HOST)],
    ['bytes beyond ASCII in the target', head('GET /\xe9 HTTP/1.1', HOST)],
    ['no host', head('GET / HTTP/1.1')],
    ['two hosts', head('GET / HTTP/1.1', HOST, HOST)],
    ['a header twice', head('GET / HTTP/1.1', HOST, 'X: a', 'x: a')],
    ['a space before the colon', head('GET / HTTP/1.1', HOST, 'X : a')],
    ['a folded line', head('GET / HTTP/1.1', HOST, 'X: a', ' b')],
    ['a bare LF', head('GET / HTTP/1.1', HOST, 'X: a\nY: b')],
    ['a bare CR', head('GET / HTTP/1.1', HOST, 'X: a\rb')],
    ['a NUL', head('GET / HTTP/1.1', HOST, 'X: a\0b')],
    ['an empty name', head('GET / HTTP/1.1', HOST, ': a')],
    ['no colon', head('GET / HTTP/1.1', HOST, 'X')],
    ['a body in chunks', head('POST / HTTP/1.1', HOST, 'Transfer-Encoding: chunked')],
    ['a signed length', head('POST / HTTP/1.1', HOST, 'Content-Length: +1')],
    ['a list of lengths', head('POST / HTTP/1.1', HOST, 'Content-Length: 1, 1')],
    ['an endless length', head('POST / HTTP/1.1', HOST, 'Content-Length: 1000000000000000')],
    ['an expectation', head('PUT / HTTP/1.1', HOST, 'Expect: 100-continue', 'Content-Length: 1')],
    ['a named hop-by-hop header', head('GET / HTTP/1.1', HOST, 'Connection: close, X-User')],
    ['another upgrade', head('GET / HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: h2c')],
    ['an upgrade without its Connection', head('GET / HTTP/1.1', HOST, 'Upgrade: websocket', 'Sec-WebSocket-Version: 13')],
    ['a WebSocket of another version', head('GET / HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 99')],
    ['a WebSocket with a body', head('GET / HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Content-Length: 3')],
    ['too many headers', head('GET / HTTP/1.1', HOST, ...Array.from({ length: 100 }, (_, i) => `x${i}: 1`))],
  ])('has not %s', (_, text) => expect(readStrictHead(text)).toBeUndefined());
});
