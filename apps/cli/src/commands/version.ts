import { Command } from 'commander';
import { Output } from '../output.ts';
import { VERSION } from '../version.ts';

export const versionCommand = (): Command =>
  new Command('version')
    .description('Show the version')
    .option('--json', 'print one JSON document')
    .action(({ json }: { json?: boolean }) => new Output(json).result({ version: VERSION }, () => `Weir ${VERSION}`));
