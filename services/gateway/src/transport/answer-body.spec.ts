import { describe, expect, it } from 'vitest';
import { AnswerBody } from './answer-body.ts';
import { BadAnswer } from './answer-head.ts';

const answer = (headers: string[], status = 200, method = 'GET'): AnswerBody => new AnswerBody({ status, reason: '', headers, minor: 1, rest: Buffer.alloc(0) }, method);
const CHUNKED = ['Transfer-Encoding', 'chunked'];

/** How many bytes of `text` belong to a body that is read `step` bytes at a time. */
function lengthOf(body: AnswerBody, text: string, step: number): number {
  let total = 0;
  for (let at = 0; at < text.length; at += step) total += body.advance(Buffer.from(text.slice(at, at + step)));
  return total;
}

describe('the body of an answer', () => {
  it.each([
    ['its length', ['Content-Length', '3'], 'abc'],
    ['its last chunk', CHUNKED, '3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n'],
    ['its trailers', CHUNKED, '1\r\na\r\n000\r\nX: y\r\nZ: z\r\n\r\n'],
  ])('ends with %s, however it is cut', (_, headers, text) => {
    for (const step of [1, 2, 3, 5, 100]) {
      const body = answer(headers);
      expect(lengthOf(body, `${text}HTTP/1.1`, step)).toBe(text.length);
      expect(body.isOver).toBe(true);
    }
  });

  it('is none for HEAD, 204 and 304, whatever their headers say', () => {
    for (const [status, method] of [[200, 'HEAD'], [204, 'GET'], [304, 'GET']] as const) expect([answer(['Content-Length', '9'], status, method).isOver, answer(CHUNKED, status, method).isOver]).toEqual([true, true]);
  });

  it('goes on until the connection closes if nothing says where it ends', () => {
    const body = answer([]);
    expect([body.framing, body.advance(Buffer.from('abc')), body.isOver]).toEqual(['close', 3, false]);
  });

  it.each([
    [['Content-Length', '1', 'Content-Length', '1']], [['Content-Length', '1', ...CHUNKED]], [[...CHUNKED, ...CHUNKED]], [['Content-Length', '1,1']], [['Content-Length', '-1']], [['Content-Length', '']], [['Transfer-Encoding', 'gzip, chunked']],
  ])('is refused when its end is told in two ways or oddly: %j', (headers) => expect(() => answer(headers)).toThrow(BadAnswer));

  it.each(['\r\n', 'x\r\n', '1;a\r\nb\r\n', '1 \r\na\r\n', '1\na\r\n', '1\r\nab', '1\r\na\n', '123456789\r\n', '0\r\n\n', '0\r\nX: a\nb\r\n\r\n', `0\r\n${'x'.repeat(9_000)}`])('is refused when its chunks are not strictly framed: %j', (text) => {
    expect(() => answer(CHUNKED).advance(Buffer.from(text))).toThrow(BadAnswer);
  });
});
