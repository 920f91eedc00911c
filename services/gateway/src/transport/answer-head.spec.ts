import { describe, expect, it } from 'vitest';
import { BadAnswer, keepsAlive, readAnswerHead } from './answer-head.ts';

describe('the head of an answer', () => {
  it('is read once it is whole, with its bytes and what follows', () => {
    const bytes = Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade:websocket\r\nX: a:\xe9 \r\n\r\n\x81\x00', 'latin1');
    expect(readAnswerHead(bytes.subarray(0, 60))).toBeUndefined();
    expect(readAnswerHead(bytes)).toEqual({ status: 101, reason: 'Switching Protocols', headers: ['Upgrade', 'websocket', 'X', 'a:\xe9'], minor: 1, rest: Buffer.from([0x81, 0]) });
  });

  it.each(['HTTP/2 101 x\r\n\r\n', 'HTTP/1.1 99\r\n\r\n', 'HTTP/1.1 101\r\na : b\r\n\r\n', 'HTTP/1.1 101\r\na: b\r\n c\r\n\r\n', 'HTTP/1.1 101\r\na: b\nc: d\r\n\r\n', 'HTTP/1.1 101\r\n: b\r\n\r\n'])('is refused when it is not strictly one: %j', (text) => {
    expect(() => readAnswerHead(Buffer.from(text))).toThrow(BadAnswer);
  });

  it('is refused when it is endless', () => {
    expect(() => readAnswerHead(Buffer.alloc(70_000, 0x61))).toThrow(BadAnswer);
  });

  it.each([['HTTP/1.1 200 OK\r\n', true], ['HTTP/1.0 200 OK\r\n', false], ['HTTP/1.1 200 OK\r\nConnection: Close\r\n', false], ['HTTP/1.1 200\r\nConnection: x, close\r\n', false], ['HTTP/1.1 200\r\nConnection: closed\r\n', true]])('says whether the connection goes on: %j', (text, expected) => {
    const head = readAnswerHead(Buffer.from(`${text}\r\n`));
    expect(head && keepsAlive(head)).toBe(expected);
  });
});
