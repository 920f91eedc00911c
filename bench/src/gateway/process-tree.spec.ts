import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { cpuMs, residentKib } from './process-tree.ts';

it('processor time is that of the process and of what it started', async () => {
  const shell = spawn('sh', ['-c', `${process.execPath} -e 'let n = 0; for (const end = performance.now() + 300; performance.now() < end;) n++; console.log(n); setInterval(() => undefined, 1000)' & wait`], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  try {
    await once(shell.stdout, 'data');
    expect(cpuMs(shell.pid ?? 0)).toBeGreaterThan(50);
    expect(residentKib(shell.pid ?? 0)).toBeGreaterThan(10_000);
  } finally {
    process.kill(-(shell.pid ?? 0), 'SIGKILL');
  }
});

it('a process that is gone took nothing', () => {
  expect(cpuMs(2 ** 30)).toBe(0);
  expect(residentKib(2 ** 30)).toBe(0);
});
