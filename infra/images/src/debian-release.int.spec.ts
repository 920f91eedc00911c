import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRelease } from './debian-release.ts';

const run = promisify(execFile);
const NOW = new Date('2026-06-30T00:00:00Z');
const TRIXIE = 'Origin: Debian\nSuite: stable\nVersion: 13.4\nCodename: trixie\nDate: Sat, 09 Aug 2025 09:16:30 UTC\n';
const forky = (date: string): string => `Origin: Debian\nCodename: forky\nDate: ${date}\nValid-Until: Mon, 01 Jun 2026 00:00:00 UTC\n`;

/** A mirror of ours, keys of ours, and what the mirror has by path. */
let folder: string;
let server: Server;
let mirror: string;
const files = new Map<string, string>();

async function sign(name: string, text: string): Promise<string> {
  const home = join(folder, name);
  await writeFile(join(folder, 'text'), text);
  await run('gpg', ['--homedir', home, '--batch', '--yes', '--pinentry-mode', 'loopback', '--passphrase', '', '--clearsign', '--output', join(folder, 'signed'), join(folder, 'text')]);
  return (await run('cat', [join(folder, 'signed')])).stdout;
}

const read = (suite: string, keyring = join(folder, 'ours.gpg')): Promise<string> => readRelease({ mirror, suite, keyring, now: NOW });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-keys-'));
  for (const name of ['ours', 'theirs']) {
    await run('mkdir', ['-m', '700', join(folder, name)]);
    await run('gpg', ['--homedir', join(folder, name), '--batch', '--pinentry-mode', 'loopback', '--passphrase', '', '--quick-gen-key', `${name} <a@localhost>`, 'ed25519', 'sign', 'never']);
    await run('gpg', ['--homedir', join(folder, name), '--batch', '--output', join(folder, `${name}.gpg`), '--export']);
  }
  server = createServer((request, response) => {
    const text = files.get(request.url ?? '');
    response.writeHead(text === undefined ? 404 : 200).end(text);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/debian`;
});
afterAll(async () => {
  for (const name of ['ours', 'theirs']) await run('gpgconf', ['--homedir', join(folder, name), '--kill', 'all']);
  server.close();
  await rm(folder, { recursive: true });
});

const serve = (suite: string, text: string): void => void files.set(`/debian/dists/${suite}/InRelease`, text);

describe('a Debian suite', () => {
  it('that a key of the keyring vouches for is told by its name', async () => {
    serve('trixie', await sign('ours', TRIXIE));
    expect(await read('trixie')).toBe('Debian 13 (trixie)');
  });

  it('is refused when another key signed it, or nobody, or when it was changed', async () => {
    const signed = await sign('ours', TRIXIE);
    const refused = { message: 'no key of this host’s debian-archive-keyring vouches for it', lasting: true };
    for (const text of [await sign('theirs', TRIXIE), TRIXIE, signed.replace('13.4', '13.5'), '']) {
      serve('trixie', text);
      await expect(read('trixie'), text).rejects.toMatchObject(refused);
    }
  });

  it('is judged by the signed words alone', async () => {
    serve('trixie', `Codename: trixie\nVersion: 99\n\n${await sign('ours', TRIXIE)}`);
    expect(await read('trixie').catch((error: Error) => error.message)).not.toContain('99');
  });

  it('is refused under another suite’s name', async () => {
    serve('sid', await sign('ours', TRIXIE));
    await expect(read('sid')).rejects.toThrow('what the mirror has under its name is trixie');
  });

  it.each([['Fri, 29 May 2026 00:00:00 UTC', true], ['Mon, 20 Apr 2026 00:00:00 UTC', false]])('whose index of %s is past its time is taken from a mirror that is late, not from one that is stuck', async (date, taken) => {
    serve('forky', await sign('ours', forky(date)));
    const answer = await read('forky').catch((error: Error) => error.message);
    expect(answer).toBe(taken ? 'Debian forky' : 'the mirror’s copy of it is older than 60 days');
  });

  it('that the mirror does not have is a lasting lack; a mirror that does not answer is not', async () => {
    await expect(read('bullseye')).rejects.toMatchObject({ message: `the mirror has no ${mirror}/dists/bullseye/InRelease`, lasting: true });
    await expect(readRelease({ mirror: 'http://127.0.0.1:9/debian', suite: 'trixie', keyring: join(folder, 'ours.gpg') })).rejects.toMatchObject({ lasting: false });
  });

  it('is not offered unverified where the host has no keyring', async () => {
    serve('trixie', await sign('ours', TRIXIE));
    await expect(read('trixie', join(folder, 'none.gpg'))).rejects.toThrow('to verify it by');
  });
});
