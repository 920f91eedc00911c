import { Refusal } from '@weir/installation/refusal';
import type { Connection } from '../connection.ts';
import { printable } from '../format.ts';
import { git, GitFailed } from './git.ts';

interface Push {
  /** A folder of the repository that holds the commit. */
  readonly repository: string;
  readonly commit: string;
  readonly app: string;
  readonly branch: string;
}

/**
 * Sends a commit to the app's built-in remote, without deploying it yet.
 *
 * The token goes to Git in its environment, never in a URL or an argument,
 * where other users of the machine could read it.
 */
export async function pushCommit({ baseUrl, host, token }: Pick<Connection, 'baseUrl' | 'host' | 'token'>, { repository, commit, app, branch }: Push): Promise<void> {
  const headers = [`Authorization: Basic ${Buffer.from(`weir:${token}`).toString('base64')}`, 'Weir-Deploy: none', ...(host === undefined ? [] : [`Host: ${host}`])];
  const settings: [string, string][] = [
    ...headers.map((header): [string, string] => ['http.extraHeader', header]),
    ['http.followRedirects', 'false'], // the token is for this address alone
    ['credential.helper', ''],
    ...(new URL(baseUrl).hostname === '127.0.0.1' ? [['http.proxy', ''] as [string, string]] : []),
  ];
  try {
    await git(['push', '--force', '--no-verify', '--quiet', `${baseUrl}/git/${app}.git`, `${commit}:refs/heads/${branch}`], { folder: repository, env: asEnvironment(settings) });
  } catch (error) {
    if (error instanceof GitFailed) throw new Refusal('git.push_refused', sentenceOf(error.stderr), { cause: error });
    throw error;
  }
}

/** Settings for one run of Git (git-config(1), GIT_CONFIG_COUNT). */
function asEnvironment(settings: readonly (readonly [string, string])[]): Record<string, string> {
  const entries = settings.flatMap(([key, value], i) => [[`GIT_CONFIG_KEY_${i}`, key], [`GIT_CONFIG_VALUE_${i}`, value]]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...(Object.fromEntries(entries) as Record<string, string>) };
}

/** What the remote said, else what Git said. */
export function sentenceOf(stderr: string): string {
  const lines = stderr.split('\n').map((line) => printable(line).trim());
  const remote = lines.filter((line) => line.startsWith('remote:')).map((line) => line.replace(/^remote:\s*/, '')).filter((line) => line !== '');
  const said = remote.length > 0 ? remote.join('\n') : (lines.find((line) => /^(fatal|error):/.test(line)) ?? lines.find((line) => line !== '') ?? 'Git gave no reason.');
  return `The push was refused: ${said}`;
}
