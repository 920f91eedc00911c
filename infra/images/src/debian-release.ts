import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgramFailed, runProgram } from './run-program.ts';

/** Debian's own keys, from the package debian-archive-keyring. */
export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * How old the index of a suite may be that says itself when it ends to be valid, as those of testing and unstable do
 * after a week. Mirrors come late; apt's own word for it is `Acquire::Min-ValidTime`, which the images are given too.
 */
export const MIN_VALID_DAYS = 60;

const DAY_MS = 86_400_000;
const NO_SUCH_FILE = 8; // wget: the server answered with an error

/** A suite cannot be used; the message is the end of a sentence for the operator. */
export class SuiteRefused extends Error {
  /** @param lasting asking again soon will not help */
  constructor(message: string, readonly lasting: boolean, options?: ErrorOptions) {
    super(message, options);
  }
}

export interface SuiteQuestion {
  readonly mirror: string;
  readonly suite: string;
  readonly keyring?: string;
  readonly now?: Date;
}

/**
 * Reads what a mirror says of a suite, and believes what Debian signed.
 *
 * Asked with the programs that debootstrap uses, so that what it can reach and verify is what counts.
 *
 * @returns the suite's name for people, such as `Debian 13 (trixie)`
 * @throws SuiteRefused
 */
export async function readRelease({ mirror, suite, keyring = KEYRING, now = new Date() }: SuiteQuestion): Promise<string> {
  if (!existsSync(keyring)) throw new SuiteRefused(`this host has no ${keyring} to verify it by (package debian-archive-keyring)`, true);
  const folder = await mkdtemp(join(tmpdir(), 'weir-release-'));
  try {
    const file = join(folder, 'InRelease');
    await fetchFile(`${mirror}/dists/${suite}/InRelease`, file);
    return judge(await signedText(file, keyring), suite, now);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchFile(url: string, file: string): Promise<void> {
  try {
    await runProgram('wget', ['--quiet', '--tries=1', '--timeout=10', '-O', file, url]);
  } catch (error) {
    const isAbsent = error instanceof ProgramFailed && error.code === NO_SUCH_FILE;
    throw new SuiteRefused(isAbsent ? `the mirror has no ${url}` : `the mirror does not answer for ${url}`, isAbsent, { cause: error });
  }
}

/** The part of a file that a key of the keyring signed, and no other part of it. */
async function signedText(file: string, keyring: string): Promise<string> {
  const status: string[] = [];
  const text = `${file}.signed`;
  // It ends with an error too where one of several signatures is by a key that the keyring does not have.
  const ended = await runProgram('gpgv', ['--status-fd', '1', '--keyring', keyring, '--output', text, file], (line) => status.push(line.split(' ').slice(0, 2).join(' '))).catch((error: unknown) => error);
  if (!status.includes('[GNUPG:] GOODSIG') || !status.includes('[GNUPG:] VALIDSIG') || status.includes('[GNUPG:] BADSIG')) {
    throw new SuiteRefused('no key of this host’s debian-archive-keyring vouches for it', true, { cause: ended });
  }
  return readFile(text, 'utf8');
}

function judge(release: string, suite: string, now: Date): string {
  const field = (name: string): string | undefined => new RegExp(`^${name}: (.+)$`, 'm').exec(release)?.[1];
  if (field('Codename') !== suite) throw new SuiteRefused(`what the mirror has under its name is ${field('Codename') ?? 'not a suite'}`, true);
  const made = Date.parse(field('Date') ?? '');
  const ends = Date.parse(field('Valid-Until') ?? '');
  if (ends < now.getTime() && !(made > now.getTime() - MIN_VALID_DAYS * DAY_MS)) throw new SuiteRefused(`the mirror’s copy of it is older than ${MIN_VALID_DAYS} days`, false);
  const [major] = field('Version')?.split('.') ?? [];
  return `Debian ${major === undefined ? suite : `${major} (${suite})`}`;
}
