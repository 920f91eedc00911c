import { Command } from 'commander';
import type { CheckOptions } from '../check/run-check.ts';

export const checkCommand = (): Command =>
  new Command('check')
    .description('Look through a folder for faults before it is deployed; nothing of it is run')
    .argument('<folder>', 'what would be deployed')
    .option('--entry <file>', 'the script that would be run')
    .option('--json', 'print one JSON document')
    .option('--sarif', 'print a SARIF log, for editors and code hosts')
    .action(async (folder: string, options: CheckOptions) => (await import('../check/run-check.ts')).runCheck(folder, options)); // few commands need what it loads
