import { InternalClient } from '@weir/api-client';
import { DataFolder } from '@weir/installation/data-folder';
import { Refusal } from '@weir/installation/refusal';
import { Command } from 'commander';
import { Output } from '../output.ts';
import { defaultDataDir } from '../platform/where.ts';

export const signInLinkCommand = (): Command =>
  new Command('signin-link')
    .description('Make a link that signs the owner in once, for 15 minutes')
    .option('--data-dir <dir>', 'data folder of the installation', defaultDataDir())
    .option('--json', 'print one JSON document as the last line')
    .action(signInLink);

/** Only whoever can read the data folder may make one: it asks the control plane from inside. */
async function signInLink({ dataDir, json }: { dataDir: string; json?: boolean }): Promise<void> {
  const data = new DataFolder(dataDir);
  const { endpoint } = data;
  if (!endpoint) throw new Refusal('cli.not_running', `Weir was not started with the data folder ${data.path}: start it with ./weir up.`);
  const client = new InternalClient({ baseUrl: endpoint.controlPlaneUrl, token: data.read('internal-token').trim() });
  const link = await client.createSignInLink();
  new Output(json).result({ signInUrl: link.url, expiresAt: link.expiresAt }, () => `${link.url}\n(works once, for 15 minutes)`);
}
