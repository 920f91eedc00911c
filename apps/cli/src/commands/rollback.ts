import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { finishDeploy } from '../deploy/finish-deploy.ts';
import { rollbackWords } from '../rollback-words.ts';

interface RollbackOptions extends CommonOptions {
  readonly dryRun?: boolean;
}

export const rollbackCommand = (): Command =>
  apiCommand('rollback', 'Go back to an earlier release, with its limits and secrets; nothing is built unless its image was lost')
    .argument('<app>', 'id or hostname')
    .argument('[to]', "a release's number or id, or a deployment's id; the release before the present one if left out")
    .option('--dry-run', 'only say what it would change')
    .action(rollback);

async function rollback(reference: string, to: string | undefined, { dryRun, ...options }: RollbackOptions): Promise<void> {
  const session = openSession(options);
  const app = await session.client.call('apps.read', { params: { app: reference } });
  session.output.known['app'] = app.id;
  const params = { app: app.id };
  const view = await session.client.call('rollback.preview', { params, query: { ...(to !== undefined && { to }) } });
  if (dryRun) return session.output.result(view, () => rollbackWords(view));
  session.output.say(`${rollbackWords(view)}\n`);
  const deployment = await session.client.call('rollback.create', { params, body: { to: view.to.id } });
  await finishDeploy(session, app, deployment, []);
}
