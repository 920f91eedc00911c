import { ApiClient } from '@weir/api-client';
import { DataFolder } from '@weir/installation/data-folder';
import { Refusal } from '@weir/installation/refusal';
import { patient } from './patient.ts';

export interface ConnectionOptions {
  readonly dataDir: string;
  readonly url?: string;
}

/** How this command reaches a platform. */
export interface Connection {
  readonly client: ApiClient;
  /** The same for waiting: it bears with a platform that is away for two minutes. */
  readonly patientClient: ApiClient;
  readonly token: string;
  /** The address to dial, and the host to name if it is another. */
  readonly baseUrl: string;
  readonly host: string | undefined;
}

/** @throws Refusal if nothing says where the platform is, or who asks */
export function connect({ dataDir, url }: ConnectionOptions): Connection {
  return url === undefined ? fromDataFolder(dataDir) : fromUrl(url);
}

function fromDataFolder(path: string): Connection {
  const data = new DataFolder(path);
  const { endpoint } = data;
  if (!endpoint) throw new Refusal('cli.not_running', `Weir was not started with the data folder ${data.path}: start it with ./weir up, or name another with --data-dir.`);
  return connection(endpoint.apiUrl, data.read('cli-token').trim());
}

function fromUrl(text: string): Connection {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) throw new Refusal('cli.bad_url', '--url takes the address of a platform, such as https://console.example.org.');
  const token = process.env['WEIR_TOKEN'];
  if (!token) throw new Refusal('cli.token_needed', 'With --url, the variable WEIR_TOKEN must hold an API token.');
  return connection(`${url.origin}${url.pathname}`.replace(/\/+$/, ''), token);
}

function connection(address: string, token: string): Connection {
  const url = new URL(address);
  // Resolvers outside browsers may not know *.localhost.
  const isLocal = url.hostname.endsWith('.localhost');
  const host = isLocal ? url.host : undefined;
  if (isLocal) url.hostname = '127.0.0.1';
  const baseUrl = url.href.replace(/\/+$/, '');
  const client = new ApiClient({ baseUrl, token, host });
  return { client, patientClient: patient({ baseUrl, token, host }), token, baseUrl, host };
}
