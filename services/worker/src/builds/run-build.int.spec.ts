import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBuilds } from './build-fixture.ts';

describe('a build', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  const never = new AbortController().signal;

  beforeAll(async () => {
    builds = await openBuilds();
  });
  afterAll(() => builds.close());

  const containers = async () => builds.docker.listContainers({ all: true, filters: { label: [`weir.installation=${builds.installation}`, 'weir.kind=build'] } });

  it('makes an image of a repository, and the next one of it installs nothing', async () => {
    const { reports, run, order, docker } = builds;
    const first = order({ example: 'hello' });
    await run.execute(first.deployment, never);
    expect(reports.find('failed'), reports.text).toBeUndefined();
    const built = reports.find('built');
    expect(built?.lock).toContain('streamlit==');
    const image = await docker.getImage(built?.image ?? '').inspect();
    expect(image.Config.Cmd).toEqual(['python3', '/opt/weir/entry.py', 'streamlit', 'streamlit_app.py']);

    reports.reports.length = 0;
    const again = order({ example: 'hello' }, { app: first.app });
    await run.execute(again.deployment, never);
    expect(reports.text).toContain('Nothing to install');
    expect(await containers()).toEqual([]);
  }, 180_000);
});
