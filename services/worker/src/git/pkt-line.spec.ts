import { describe, expect, it } from 'vitest';
import { FLUSH, packet, PacketReader, progressPackets } from './pkt-line.ts';

describe('pkt-lines', () => {
  const stream = Buffer.concat([packet(Buffer.from('one\n')), FLUSH, packet(Buffer.from('')), packet(Buffer.from('two'))]);

  it.each([1, 2, 5, 100])('are whole however they are cut: pieces of %d', (size) => {
    const reader = new PacketReader();
    const packets = [];
    for (let at = 0; at < stream.length; at += size) packets.push(...reader.push(stream.subarray(at, at + size)));
    expect(packets.map((p) => p?.toString() ?? null)).toEqual(['one\n', null, '', 'two']);
    expect(reader.rest).toHaveLength(0);
  });

  it('frames as Git does', () => {
    expect(packet(Buffer.from('hello')).toString()).toBe('0009hello');
    expect(progressPackets('hi').toString('latin1')).toBe('0007\u0002hi');
  });

  it.each(['zzzz', '0003', '-001'])('refuses a length of %s', (text) => {
    expect(() => [...new PacketReader().push(Buffer.from(text))]).toThrow('pkt-line');
  });

  it('splits what is too long for one packet', () => {
    expect([...new PacketReader().push(progressPackets('x'.repeat(150_000)))]).toHaveLength(3);
  });
});
