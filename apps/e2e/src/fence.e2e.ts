import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installation } from './support/shared.ts';
import { freePort, runWithoutNetAdmin } from './support/weir.ts';

describe('what keeps apps from this host', () => {
  it('is proven once the platform is up: its status has nothing to say', async () => {
    expect(await installation.json('status')).toMatchObject({ warnings: [] });
  });

  it('is asked for before anything is made: without the right to set it, up refuses in one sentence', async () => {
    const dataDir = join(tmpdir(), `weir-e2e-refused-${process.pid}`);
    const ended = await runWithoutNetAdmin('up', '--detach', '--yes', '--json', '--data-dir', dataDir, '--port', String(await freePort()));
    expect(ended).toMatchObject({ code: 2, json: { code: 'firewall.unavailable', status: 422 } });
    expect((ended.json as { detail: string }).detail).toMatch(/^The firewall of this host cannot be set \(iptables: .+\): run this as root with CAP_NET_ADMIN and iptables, or pass --trust-tenants .+\.$/);
    expect(existsSync(dataDir)).toBe(false);
  });
});
