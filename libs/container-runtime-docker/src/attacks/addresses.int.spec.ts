import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { InstanceSpec } from '@weir/container-runtime';
import { type AppId, newId } from '@weir/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedFrom } from '../network/subnets.ts';
import { type DockerFixture, openDockerFixture } from '../testing/docker-fixture.ts';
import { harmsNobody } from '../testing/harms-nobody.ts';
import { runTool } from '../testing/run-tool.ts';

harmsNobody();

/** An app whose subnets are tried in the same order as those of another: a stroke of luck that an attacker would wait for. */
function appLike(other: AppId): AppId {
  for (;;) {
    const app = newId('app', Date.now(), randomBytes(16));
    if (app !== other && seedFrom(app) === seedFrom(other)) return app;
  }
}

describe('an app that is made the moment another is gone', { timeout: 60_000 }, () => {
  let engine: DockerFixture;
  beforeAll(async () => {
    engine = await openDockerFixture();
  });
  afterAll(() => engine.close());

  const say = (spec: InstanceSpec, word: string) => engine.run(spec, `sys.modules['__main__'].Probe.do_GET = lambda self: self.answer('${word}'); out['ok'] = True`);

  it('S18: never answers at the address of the one before', async () => {
    const gone = await engine.spec();
    await engine.runtime.start(gone);
    const address = await engine.ready(gone);
    await say(gone, 'the one before');

    // While nobody has the subnet, what is sent there ends here and not at a router of this host's.
    const [a, b, c, d = ''] = address.split(':')[0]?.split('.') ?? [];
    const nowhere = ['unreachable', `${a}.${b}.${c}.${Number(d) & 0xf0}/28`, 'metric', '4000'];
    await runTool('ip', 'route', 'add', ...nowhere);

    const heard = new Set<string>();
    let isOver = false;
    /** Someone who still believes that the app is there. */
    const hammering = (async () => {
      for (; !isOver; await wait(5)) heard.add(await fetch(`http://${address}/`, { signal: AbortSignal.timeout(300) }).then((answer) => answer.text(), () => 'nobody'));
    })();
    try {
      await engine.runtime.remove(gone.id);
      await engine.runtime.sweep({ apps: [], images: [] });
      const next = await engine.spec({ app: appLike(gone.app), uid: 10_002 });
      await engine.runtime.start(next);
      await say(next, 'the next one');
      expect(await engine.ready(next)).not.toBe(address);
      for (const end = performance.now() + 1000; performance.now() < end; ) await fetch(`http://${await engine.ready(next)}/`);
    } finally {
      isOver = true;
      await hammering;
      await runTool('ip', 'route', 'delete', ...nowhere);
    }
    expect([...heard].filter((word) => word !== 'the one before').toSorted()).toEqual(['nobody']);
  });
});
