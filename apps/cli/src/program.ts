import { VERSION } from '@weir/contracts/version';
import { Command, CommanderError } from 'commander';
import { currentOutput } from './command.ts';
import { appCommand } from './commands/app.ts';
import { appsCommand } from './commands/apps.ts';
import { cancelCommand } from './commands/cancel.ts';
import { checkCommand } from './commands/check.ts';
import { deleteCommand } from './commands/delete.ts';
import { deployCommand } from './commands/deploy.ts';
import { deploymentsCommand } from './commands/deployments.ts';
import { logsCommand } from './commands/logs.ts';
import { openCommand } from './commands/open.ts';
import { operateCommands } from './commands/operate.ts';
import { pythonCommand } from './commands/python.ts';
import { redeployCommand } from './commands/redeploy.ts';
import { releasesCommand } from './commands/releases.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { scaleCommand } from './commands/scale.ts';
import { secretsCommand } from './commands/secrets.ts';
import { setCommand } from './commands/set.ts';
import { signInLinkCommand } from './commands/signin-link.ts';
import { sleepCommand } from './commands/sleep.ts';
import { versionCommand } from './commands/version.ts';
import { endingOf, problem, sayProblem } from './exit.ts';
import { registerPlatformCommands } from './platform/register.ts';

const API_COMMANDS = [deployCommand, redeployCommand, appsCommand, appCommand, deploymentsCommand, releasesCommand, rollbackCommand, logsCommand, secretsCommand, openCommand, pythonCommand, scaleCommand, setCommand, sleepCommand, cancelCommand, deleteCommand, signInLinkCommand, versionCommand];

export function buildProgram(): Command {
  const program = new Command('weir').description('Hosting for data apps, on your own machine').version(VERSION, '--version').showHelpAfterError('(weir help COMMAND shows how it is used)');
  registerPlatformCommands(program);
  program.addCommand(checkCommand());
  for (const make of API_COMMANDS) program.addCommand(make());
  for (const command of operateCommands()) program.addCommand(command);
  throwOnExit(program);
  return program;
}

/** Runs one command and sets the exit code: 0 done, 1 failed, 2 refused or misused. */
export async function run(argv: readonly string[]): Promise<void> {
  const isJson = argv.includes('--json');
  try {
    await buildProgram().parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return; // help and version
      process.exitCode = 2;
      if (isJson) process.stdout.write(`${JSON.stringify(problem(422, 'cli.usage', error.message.replace(/^error: /, '')))}\n`);
      return;
    }
    const ending = endingOf(error);
    process.exitCode = ending.code;
    if (isJson) process.stdout.write(`${JSON.stringify({ ...ending.problem, ...currentOutput()?.known })}\n`);
    else process.stderr.write(`${sayProblem(ending.problem)}\n`);
  }
}

/** Commander would end the process by itself, with 1 for misuse. */
function throwOnExit(command: Command): void {
  command.exitOverride();
  for (const one of command.commands) throwOnExit(one);
}
