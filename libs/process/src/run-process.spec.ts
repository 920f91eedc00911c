import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const module = fileURLToPath(new URL('run-process.ts', import.meta.url));

/** A process whose work is `start`, a JavaScript function; it writes `ready`, and what it is told to. */
function running(start: string) {
  const script = `
    import { runProcess } from ${JSON.stringify(module)};
    const say = (word) => process.stdout.write(word + '\\n');
    const log = { info: (_, word) => say(word), error: (_, word) => say(word), fatal: (_, word) => say(word) };
    const keep = setInterval(() => {}, 1000);
    await runProcess({ log, stopLimitMs: 300 }, ${start});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()));
  return {
    child,
    ready: () => expect.poll(() => words, { timeout: 10_000 }).toContain('process.ready'),
    ended: async () => ({ code: ((await once(child, 'close')) as [number | null])[0], words: words.trim().split('\n') }),
  };
}

describe('a process', () => {
  it.each<[string, (child: ReturnType<typeof spawn>) => void]>([
    ['SIGTERM', (child) => child.kill('SIGTERM')],
    ['SIGINT', (child) => child.kill('SIGINT')],
    ['the end of its stdin', (child) => child.stdin?.end()],
  ])('ends in good order on %s', async (_, tell) => {
    const { child, ready, ended } = running(`async () => async () => say('closed')`);
    await ready();
    tell(child);
    expect(await ended()).toEqual({ code: 0, words: ['process.ready', 'process.stopping', 'closed'] });
  });

  it('ends with 1 when it cannot start', async () => {
    const { ended } = running(`async () => { throw new Error('no') }`);
    expect(await ended()).toEqual({ code: 1, words: ['process.start_failed'] });
  });

  it.each([
    ['fails', `async () => async () => { throw new Error('no') }`, ['process.ready', 'process.stopping', 'process.stop_failed']],
    ['never ends', `async () => () => new Promise(() => {})`, ['process.ready', 'process.stopping']],
  ])('ends with 1 when its stop %s', async (_, start, words) => {
    const { child, ready, ended } = running(start);
    await ready();
    child.kill('SIGTERM');
    expect(await ended()).toEqual({ code: 1, words });
  });

  it('ends at once when told to before it has started', async () => {
    const { child, ended } = running(`() => { say('starting'); return new Promise(() => {}) }`);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect((await ended()).code).toBe(0);
  });
});
