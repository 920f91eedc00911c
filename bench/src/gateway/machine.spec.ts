import { once } from 'node:events';
import { expect, it } from 'vitest';
import { coresIn, nextMessage, Processes } from './machine.ts';

it.each([['0', [0]], ['0-2,5', [0, 1, 2, 5]], ['1,3', [1, 3]]])('the processors of %s', (list, cores) => expect(coresIn(list)).toEqual(cores));

const CORE = String(coresIn('0')[0]);

it('what was started ends with its benchmark', async () => {
  const processes = new Processes();
  const child = processes.start(CORE, process.execPath, ['-e', 'process.send("up"); setInterval(() => undefined, 1000)'], { ipc: true });
  expect(await nextMessage(child)).toBe('up');
  await processes.stopAll();
  expect(child.signalCode).toBe('SIGTERM');
});

it('a process that ends by itself fails whoever waits for it', async () => {
  const child = new Processes().start(CORE, process.execPath, ['-e', ''], { ipc: true });
  await expect(nextMessage(child)).rejects.toThrow(/ended by itself/);
  if (child.exitCode === null) await once(child, 'exit');
});
