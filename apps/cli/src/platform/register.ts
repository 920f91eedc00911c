import type { Command } from 'commander';
import { benchCommand } from './bench.ts';
import { downCommand } from './down.ts';
import { statusCommand } from './status.ts';
import { superviseCommand } from './supervise.ts';
import { testCommand } from './test.ts';
import { upCommand } from './up.ts';

/** The commands that run, stop and check an installation on this machine. */
export function registerPlatformCommands(program: Command): void {
  for (const command of [upCommand(), downCommand(), statusCommand(), testCommand(), benchCommand(), superviseCommand()]) program.addCommand(command, { hidden: command.name() === 'supervise' });
}
