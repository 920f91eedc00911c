import { describe, expect, it } from 'vitest';
import { carriesMessage, isClose } from './carries-message.ts';

const frame = (opcode: number, payload: number): number[] => [0x80 | opcode, 0x80 | payload, 1, 2, 3, 4, ...Array.from({ length: payload }, () => 0x88)];
const [text, binary, close, ping, pong] = [frame(1, 3), frame(2, 100), frame(8, 2), frame(9, 0), frame(10, 4)];

describe('bytes of a browser', () => {
  it.each([[text], [binary], [[...pong, ...binary]], [[0x02, 0x85, 1, 2, 3, 4, 5]]])('carry a message', (bytes) => expect(carriesMessage(Uint8Array.from(bytes))).toBe(true));

  it.each([[close], [ping], [pong], [[...pong, ...close]], [pong.slice(0, 1)], [[]]])('carry none', (bytes) => expect(carriesMessage(Uint8Array.from(bytes))).toBe(false));

  it.each([[close, true], [frame(8, 0), true], [ping, false], [[...pong, ...close], false], [close.slice(0, 7), false], [[...close, 0x88], false], [[], false]])('are a close and nothing else (%#)', (bytes, is) => expect(isClose(Uint8Array.from(bytes))).toBe(is));
});
