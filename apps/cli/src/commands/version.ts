import { VERSION } from '@weir/contracts/version';
import { Command } from 'commander';
import { Output } from '../output.ts';

export const versionCommand = (): Command =>
  new Command('version')
    .description('Show the version')
    .option('--json', 'print one JSON document')
    .action(({ json }: { json?: boolean }) => new Output(json).result({ version: VERSION }, () => `Weir ${VERSION}`));
