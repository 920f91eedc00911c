import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RotatingLog } from './rotating-log.ts';

const aFolder = (): string => mkdtempSync(join(tmpdir(), 'weir-log-'));

describe('a log file', () => {
  it('never takes more than twice its limit, however much is written, and keeps the newest', async () => {
    const folder = aFolder();
    const log = new RotatingLog(join(folder, 'a.log'), 1_000);
    for (let i = 0; i < 500; i++) if (!log.write(`line ${i}\n`)) await once(log, 'drain');
    log.end();
    await once(log, 'finish');
    expect(readdirSync(folder).sort()).toEqual(['a.log', 'a.log.1']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(1_100);
    const text = readFileSync(join(folder, 'a.log.1'), 'utf8') + readFileSync(join(folder, 'a.log'), 'utf8');
    expect(text.trim().split('\n').at(-1)).toBe('line 499');
    expect(text).toContain('line 450\n');
  });

  it('goes on where the process before it ended', async () => {
    const path = join(aFolder(), 'a.log');
    writeFileSync(path, 'before\n');
    const log = new RotatingLog(path, 1_000);
    log.end('after\n');
    await once(log, 'finish');
    expect(readFileSync(path, 'utf8')).toBe('before\nafter\n');
  });
});
