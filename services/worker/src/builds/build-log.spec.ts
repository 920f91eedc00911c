import { describe, expect, it } from 'vitest';
import { BuildLog } from './build-log.ts';
import type { LogBatch } from './build-reports.ts';
import { Redaction } from './redaction.ts';

function logging(...secrets: string[]): { log: BuildLog; batches: LogBatch[]; lines: () => string[] } {
  const batches: LogBatch[] = [];
  const log = new BuildLog('1', async (batch) => void batches.push(batch), new Redaction(secrets));
  return { log, batches, lines: () => batches.flatMap((batch) => batch.lines.map(({ text }) => text)) };
}

describe('a build log', () => {
  it('joins pieces into lines, also where a character is cut in two', async () => {
    const { log, lines } = logging();
    const out = log.stream('stdout');
    const text = Buffer.from('grüße\nzwei');
    for (const byte of text) out.write(Buffer.from([byte]));
    out.end();
    await log.close();
    expect(lines()).toEqual(['grüße', 'zwei']);
  });

  it('has no line longer than 16 KiB, and no NUL', async () => {
    const { log, lines } = logging();
    const out = log.stream('stdout');
    out.write(Buffer.from(`${'x'.repeat(40_000)}\na\0b\n10%\r20%\n`));
    out.end();
    await log.close();
    expect(Math.max(...lines().map((line) => line.length))).toBe(16_384);
    expect(lines().slice(-2)).toEqual(['a\u2400b', '20%']);
  });

  it('stops keeping output at its limit and says so, once, and still lets the platform speak', async () => {
    const { log, lines } = logging();
    const out = log.stream('stdout');
    for (let i = 0; i < 800; i++) out.write(Buffer.from(`${'y'.repeat(16_000)}\n`));
    log.say('the end');
    await log.close();
    expect(lines().filter((line) => line.includes('is not kept'))).toHaveLength(1);
    expect(lines().at(-1)).toBe('the end');
    expect(lines().join('').length).toBeLessThan(11 * 2 ** 20);
  });

  it('numbers its batches, so that a repeated one is known', async () => {
    const { log, batches } = logging();
    for (let i = 0; i < 2500; i++) log.say(String(i));
    await log.close();
    expect(batches.map(({ batch, lines }) => [batch, lines.length])).toEqual([[0, 1000], [1, 1000], [2, 500]]);
  });

  it('B13 of nothing but line breaks ends at its limit too', async () => {
    const { log, lines } = logging();
    const out = log.stream('stdout');
    for (let i = 0; i < 64; i++) out.write(Buffer.alloc(65_536, '\n'));
    await log.close();
    expect(lines().length).toBeLessThan(200_000);
    expect(lines().at(-1)).toContain('is not kept');
  });

  it('B13 is sent in batches that the control plane takes, whatever is in it', async () => {
    const { log, batches } = logging();
    const out = log.stream('stdout');
    out.write(Buffer.alloc(9 * 2 ** 20, '\u0001'));
    out.end();
    await log.close();
    expect(batches.length).toBeGreaterThan(1);
    for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(8_000_000);
  });

  it('B18 has no secret, however its output is cut', async () => {
    const secret = `s3cret-${'zQ8vT1'}`;
    for (const size of [1, 3, 7, 4096, 16_384]) {
      const { log, lines } = logging(secret);
      const heard: string[] = [];
      const out = log.stream('stdout', (line) => heard.push(line));
      const text = Buffer.from(`${'x'.repeat(16_384 - 5)}${secret}${'y'.repeat(20_000)}\nGET https://u:${encodeURIComponent(secret)}@host\n${Buffer.from(`u:${secret}`).toString('base64')}`);
      for (let at = 0; at < text.length; at += size) out.write(text.subarray(at, at + size));
      out.end();
      log.say(`Fetching with ${secret}`);
      await log.close();
      for (const all of [lines().join(''), heard.join('')]) expect(all).not.toMatch(/s3cret|zQ8vT1|czNjcmV0|M2NyZXQ/);
      expect(lines().join('\n').match(/\*\*\*/g)).toHaveLength(4);
    }
  });
});
