import { describe, expect, it } from 'vitest';
import { FLUSH, packet } from './pkt-line.ts';
import { PushCommands } from './push-commands.ts';
import { ReceivePackAnswer } from './receive-pack-answer.ts';

const band = (n: number, data: Buffer): Buffer => packet(Buffer.concat([Buffer.from([n]), data]));
const report = Buffer.concat([packet(Buffer.from('unpack ok\n')), packet(Buffer.from('ok refs/heads/main\n')), packet(Buffer.from('ng refs/heads/x non-fast-forward\n')), FLUSH]);

describe("git's answer to a push", () => {
  const answer = Buffer.concat([band(2, Buffer.from('Resolving\n')), band(1, report), FLUSH]);

  it.each([1, 4, 9, 1000])('is passed on whole, its last flush last, in pieces of %d', (size) => {
    const reading = new ReceivePackAnswer(true);
    const out: Buffer[] = [];
    for (let at = 0; at < answer.length; at += size) out.push(reading.push(answer.subarray(at, at + size)));
    expect(Buffer.concat(out)).toEqual(answer.subarray(0, -4));
    expect(reading.end()).toEqual(FLUSH);
    expect(reading.accepted).toEqual(['refs/heads/main']);
  });

  it('is read without side band too, and passed on at once', () => {
    const reading = new ReceivePackAnswer(false);
    expect(reading.push(report)).toEqual(report);
    expect(reading.accepted).toEqual(['refs/heads/main']);
    expect(reading.end()).toHaveLength(0);
  });
});

describe("a push's commands", () => {
  const [zero, one] = ['0'.repeat(40), '1'.repeat(40)];
  const request = Buffer.concat([packet(Buffer.from(`${zero} ${one} refs/heads/main\0 report-status side-band-64k agent=git/2`)), packet(Buffer.from(`${one} ${zero} refs/heads/old`)), FLUSH, Buffer.from('PACK....')]);

  it.each([1, 7, 500])('are read from the start of the request in pieces of %d, the pack is not', (size) => {
    const push = new PushCommands();
    for (let at = 0; at < request.length; at += size) push.push(request.subarray(at, at + size));
    expect(push.commands).toEqual([{ from: zero, to: one, ref: 'refs/heads/main' }, { from: one, to: zero, ref: 'refs/heads/old' }]);
    expect(push.capabilities).toContain('side-band-64k');
  });
});
