import { readFileSync } from 'node:fs';
import type { SecretList } from '@weir/contracts';
import { Refusal } from '@weir/installation/refusal';
import { Command } from 'commander';
import type { z } from 'zod';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { ago, printable, table } from '../format.ts';

export function secretsCommand(): Command {
  return new Command('secrets')
    .description("An app's secrets: they are written and never shown")
    .addCommand(apiCommand('set', 'Replace all secrets by those of a TOML file').argument('<app>', 'id or hostname').requiredOption('--file <file>', 'a secrets.toml, or - for standard input').action(set))
    .addCommand(apiCommand('list', 'List names, versions, who set them and when').argument('<app>', 'id or hostname').action(list));
}

async function set(app: string, options: CommonOptions & { file: string }): Promise<void> {
  const { client, output } = openSession(options);
  const toml = readSecrets(options.file);
  const view = await client.call('apps.read', { params: { app } });
  output.known['app'] = view.id;
  const secrets = await client.call('secrets.set', { params: { app: view.id }, body: { toml } });
  output.result({ app: view.id, ...secrets }, () => describe(secrets));
}

async function list(app: string, options: CommonOptions): Promise<void> {
  const { client, output } = openSession(options);
  const view = await client.call('apps.read', { params: { app } });
  const secrets = await client.call('secrets.list', { params: { app: view.id } });
  output.result({ app: view.id, ...secrets }, () => describe(secrets));
}

/** @throws Refusal, which names the file and never what is in it */
export function readSecrets(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Refusal('secrets.unreadable_file', `The secrets file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`);
  }
}

const describe = ({ items }: z.infer<typeof SecretList>): string =>
  items.length === 0 ? 'No secrets.' : table(['NAME', 'VERSION', 'SET BY', 'WHEN'], items.map((one) => [printable(one.name), String(one.version), printable(one.setBy), ago(one.setAt, Date.now())]));
