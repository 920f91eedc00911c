import { hostnameFrom } from '@weir/domain';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { classifySource } from '../deploy/classify-source.ts';
import { finishDeploy } from '../deploy/finish-deploy.ts';
import { commitOfFolder } from '../deploy/folder-commit.ts';
import { pushCommit } from '../deploy/push-commit.ts';
import { findApp, type Settings, settleApp } from '../deploy/settle-app.ts';
import type { Session } from '../command.ts';
import { readSecrets } from './secrets.ts';
import { Refusal } from '@weir/installation/refusal';
import type { AppView, WarningView } from '@weir/contracts';
import { resolve } from 'node:path';
import type { z } from 'zod';

interface DeployOptions extends CommonOptions {
  readonly branch?: string;
  readonly entry?: string;
  readonly hostname?: string;
  readonly python?: string;
  readonly secrets?: string;
  readonly acknowledgeSecrets?: boolean;
}

interface Prepared {
  readonly app: AppView;
  /** The commit that was pushed; otherwise the branch's newest is deployed. */
  readonly commit?: string;
  readonly warnings: readonly z.infer<typeof WarningView>[];
}

export const deployCommand = (): Command =>
  apiCommand('deploy', 'Make a Git repository or a local folder a live app')
    .argument('<source>', 'a Git URL, a folder, or the hostname of an app of yours')
    .option('--branch <branch>', 'the branch; of a folder, the local one')
    .option('--entry <file>', 'the script to run')
    .option('--hostname <name>', 'the first part of its address')
    .option('--python <version>', 'such as 3.11')
    .option('--secrets <file>', 'a secrets.toml to set before')
    .option('--acknowledge-secrets', 'deploy though credentials are committed')
    .action(deploy);

async function deploy(text: string, options: DeployOptions): Promise<void> {
  const session = openSession(options);
  const settings: Settings = {
    ...(options.branch === undefined ? {} : { branch: options.branch }),
    ...(options.entry === undefined ? {} : { entryFile: options.entry }),
    ...(options.python === undefined ? {} : { python: options.python }),
    ...(options.secrets === undefined ? {} : { secrets: readSecrets(options.secrets) }),
  };
  const { app, commit, warnings } = await prepare(session, text, options.hostname, settings);
  const deployment = await session.client.call('deployments.create', { params: { app: app.id }, body: { reason: 'deploy', ...(options.acknowledgeSecrets && { acknowledgeSecrets: true }), ...(commit === undefined ? {} : { commit }) } });
  await finishDeploy(session, app, deployment, warnings);
}

function prepare(session: Session, text: string, hostname: string | undefined, settings: Settings): Promise<Prepared> {
  const source = classifySource(text);
  switch (source.kind) {
    case 'folder':
      return prepareFolder(session, source.path, hostname ?? hostnameFrom(resolve(source.path)), settings);
    case 'git':
      return prepareGit(session, source.url, hostname ?? hostnameFrom(source.url), settings);
    case 'app':
      return prepareApp(session, source.app, hostname, settings);
  }
}

async function prepareGit(session: Session, url: string, hostname: string, settings: Settings): Promise<Prepared> {
  const { branch, entryFile } = settings;
  const app = await settleApp(session, hostname, { kind: 'git', url, branch, entryFile }, settings);
  return { app, warnings: [] };
}

async function prepareFolder(session: Session, path: string, hostname: string, settings: Settings): Promise<Prepared> {
  const sent = await commitOfFolder(path, settings.branch);
  for (const { message, excerpt } of sent.warnings) session.output.warn(`${message}\n${excerpt ?? ''}`);
  const app = await settleApp(session, hostname, { kind: 'builtin', branch: settings.branch ?? sent.branch, entryFile: settings.entryFile }, settings);
  await pushCommit(session, { repository: path, commit: sent.commit, app: app.id, branch: app.source.branch ?? sent.branch });
  return { app, commit: sent.commit, warnings: sent.warnings };
}

async function prepareApp(session: Session, reference: string, hostname: string | undefined, settings: Settings): Promise<Prepared> {
  const app = await findApp(session, reference);
  if (!app) throw new Refusal('deploy.no_source', `${reference} is no Git URL, no folder here and no app of yours.`);
  if (hostname !== undefined && hostname !== app.hostname) throw new Refusal('deploy.hostname_fixed', `${reference} names an app that has the hostname ${app.hostname}: leave --hostname out.`);
  return { app: await settleApp(session, app.hostname, undefined, settings), warnings: [] };
}
