import Docker from 'dockerode';
import type { Files, Platform, Repository } from '../platform.ts';
import { until } from '../waiting.ts';

const LIMIT_MS = 180_000;
const docker = new Docker();

/** A package that compiles without end: four processes that never wait, and one that writes and flushes. */
const SETUP = `import os
for worker in range(4):
    if os.fork() == 0:
        while True: sum(i * i for i in range(100000))
block = os.urandom(1 << 20)
while True:
    with open('/tmp/object', 'wb') as out:
        for _ in range(64): out.write(block)
        out.flush(); os.fsync(out.fileno())
`;
/** Each is another's, at a path of its own: builds of one workspace that need the very same environment, or whose packages lie at the same path, wait for each other. */
const sourceOf = (hostname: string): Files => ({
  'streamlit_app.py': `import streamlit as st\n\nst.title("${hostname}")\n`,
  'requirements.txt': `streamlit\n./${hostname}/\n`,
  [`${hostname}/setup.py`]: SETUP,
  [`${hostname}/pyproject.toml`]: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
});

interface View {
  readonly id: string;
  readonly status: string;
  readonly queuePosition: number | null;
}

/** A build that takes all it is given until it is cancelled. */
export class HeavyBuild {
  readonly #platform: Platform;
  readonly #repository: Repository;
  readonly #id: string;

  private constructor(platform: Platform, repository: Repository, id: string) {
    this.#platform = platform;
    this.#repository = repository;
    this.#id = id;
  }

  /** Pushed as a new version of the app of that hostname, which is made where it is missing. */
  static async begin(platform: Platform, hostname: string): Promise<HeavyBuild> {
    await platform.call('POST', '/apps', { hostname, source: { kind: 'builtin' } });
    const repository = await platform.repository(hostname, sourceOf(hostname));
    void repository.git('push', '--quiet', 'weir', 'main').catch(() => undefined); // it follows the build to its end, which is no success
    let id: string | undefined;
    await until(`${hostname} to be queued`, LIMIT_MS, async () => {
      id = (await platform.call<{ deployment: View | null }>('GET', `/apps/${hostname}`)).deployment?.id;
      return id !== undefined;
    });
    return new HeavyBuild(platform, repository, id ?? '');
  }

  view(): Promise<View> {
    return this.#platform.call<View>('GET', `/deployments/${this.#id}`);
  }

  /** Until its package is being compiled. */
  async compiles(): Promise<void> {
    await until('a build to compile', LIMIT_MS, async () => (await this.cpuSeconds()) > 3, 200);
  }

  /** Processor time that it has had so far. */
  async cpuSeconds(): Promise<number> {
    const [container] = await docker.listContainers({ filters: { label: [`weir.deployment=${this.#id}`, 'weir.kind=build'], name: ['environment'] } });
    if (!container) return 0;
    const stats = await docker.getContainer(container.Id).stats({ stream: false, 'one-shot': true });
    return stats.cpu_stats.cpu_usage.total_usage / 1e9;
  }

  async cancel(): Promise<void> {
    await this.#platform.call('POST', `/deployments/${this.#id}/cancel`, {});
    await until('a cancelled build to be gone', LIMIT_MS, async () => (await docker.listContainers({ all: true, filters: { label: [`weir.deployment=${this.#id}`] } })).length === 0, 100);
    this.#repository.remove();
  }
}
