import { expect, it } from 'vitest';
import { AnswerReader } from './answer-reader.ts';

const STREAM = Buffer.from(
  ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 0\r\n\r\n', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n', 'HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno'].join(''),
);

it.each([1, 3, 1000])('answers one after the other are told apart, read by %i bytes', (step) => {
  const answers: [number, number][] = [];
  const reader = new AnswerReader(({ status, bodyBytes }) => answers.push([status, bodyBytes]));
  for (let at = 0; at < STREAM.length; at += step) reader.feed(STREAM.subarray(at, at + step));
  expect(answers).toEqual([[200, 5], [304, 0], [200, 21], [503, 2]]);
});

it('bytes after a switch of protocols are handed over', () => {
  let after = '';
  new AnswerReader((_, rest) => (after = rest.toString())).feed(Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nframes'));
  expect(after).toBe('frames');
});

it('an answer without a length is refused', () => expect(() => new AnswerReader(() => undefined).feed(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))).toThrow(/without a length/));
