import { Command } from 'commander';
import { SUITES } from './suites.ts';

export function testCommand(): Command {
  return new Command('test')
    .description(`Run the tests: ${Object.keys(SUITES).join(', ')}; all but long if none is named`)
    .argument('[suite...]')
    .action(async (names: string[]) => (await import('./run/test.ts')).test(names));
}
