import type { Command } from 'commander';
import { benchCommand } from './bench.ts';
import { composeBasesCommand, composePrepareCommand } from './compose.ts';
import { downCommand } from './down.ts';
import { statusCommand } from './status.ts';
import { superviseCommand } from './supervise.ts';
import { testCommand } from './test.ts';
import { upCommand } from './up.ts';

const COMMANDS = [upCommand, downCommand, statusCommand, testCommand, benchCommand];
/** Asked for by programs and by docs/deploy-with-compose.md. */
const HIDDEN = [superviseCommand, composeBasesCommand, composePrepareCommand];

/**
 * The commands that run, stop and check an installation on this machine. What they do is loaded only
 * when one is called (`run/`): Docker's client alone takes longer to load than most commands take.
 */
export function registerPlatformCommands(program: Command): void {
  for (const make of COMMANDS) program.addCommand(make());
  for (const make of HIDDEN) program.addCommand(make(), { hidden: true });
}
