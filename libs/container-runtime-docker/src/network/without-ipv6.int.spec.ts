import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridgeName } from '../names.ts';
import { type DockerFixture, openDockerFixture } from '../testing/docker-fixture.ts';

describe("the host's side of an app's network", { timeout: 60_000 }, () => {
  let engine: DockerFixture;
  beforeAll(async () => {
    engine = await openDockerFixture();
  });
  afterAll(() => engine.close());

  it('has no IPv6, neither its bridge nor what is plugged into it', async () => {
    const spec = await engine.spec();
    await engine.runtime.start(spec);
    const bridge = bridgeName(engine.installation, spec.app);
    const devices = [bridge, ...readdirSync(`/sys/class/net/${bridge}/brif`)];
    expect(devices).toHaveLength(2);
    for (const device of devices) expect(readFileSync(`/proc/sys/net/ipv6/conf/${device}/disable_ipv6`, 'utf8').trim(), device).toBe('1');
  });
});
