import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, Installation, runWithoutNetAdmin, type Up } from '../src/support/weir.ts';

/** A platform on a host whose firewall it may not set. */
describe('a platform that trusts its tenants', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-e2e-'));
  let installation: Installation;
  const up = async (...args: string[]) => runWithoutNetAdmin('up', '--detach', '--yes', '--json', '--data-dir', dataDir, ...args);
  const warnings = async () => (await installation.json<{ warnings: { code: string }[] }>('status')).warnings.map(({ code }) => code);

  beforeAll(async () => {
    const { code, json, stderr } = await up('--trust-tenants', '--port', String(await freePort()));
    if (code !== 0 || !stderr.includes('Tenants are trusted')) throw new Error(`up ended with ${code}:\n${stderr}`);
    installation = new Installation(json as Up);
  });
  afterAll(() => installation?.destroy());

  it('starts apps, and says in its status that nothing holds them', async () => {
    await installation.deploy('examples/hello', '--hostname', 'trusted');
    expect(await warnings()).toEqual(['firewall.trusting']);
  });

  it('goes on so at the next start that does not name it', async () => {
    expect((await up()).code).toBe(0);
    expect(await warnings()).toEqual(['firewall.trusting']);
  });

  it('is refused to end it where no firewall can be set, and runs on', async () => {
    expect(await up('--no-trust-tenants')).toMatchObject({ code: 2, json: { code: 'firewall.unavailable' } });
    expect(await installation.json('status')).toMatchObject({ apps: { live: 1 }, warnings: [{ code: 'firewall.trusting' }] });
  });

  it('says so while it is down', async () => {
    await installation.weir('down');
    expect(await warnings()).toEqual(['firewall.trusting']);
  });
});
