import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '@weir/installation/refusal';
import type { Connection } from '../connection.ts';
import { printable } from '../format.ts';
import { PATIENCE_MS, PAUSE_MS } from '../patient.ts';
import { git, GitFailed } from './git.ts';

interface Push {
  /** A folder of the repository that holds the commit. */
  readonly repository: string;
  readonly commit: string;
  readonly app: string;
  readonly branch: string;
}

/** What Git says of an HTTP remote that restarts (its `http.c` and libcurl). */
const AWAY = /The requested URL returned error: 50[234]|Failed to connect to /;

/**
 * Sends a commit to the app's built-in remote, without deploying it yet. A push
 * while the platform restarts is repeated: it changes nothing the second time.
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
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await git(['push', '--force', '--no-verify', '--quiet', `${baseUrl}/git/${app}.git`, `${commit}:refs/heads/${branch}`], { folder: repository, env: asEnvironment(settings) });
      return;
    } catch (error) {
      if (!(error instanceof GitFailed)) throw error;
      if (!AWAY.test(error.stderr) || performance.now() > giveUpAt) throw new Refusal('git.push_refused', sentenceOf(error.stderr), { cause: error });
    }
    await delay(PAUSE_MS);
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
