import type { InstanceSpec } from '@weir/container-runtime';
import type { DockerFixture } from '../testing/docker-fixture.ts';

/** What comes back of a connection: `open`, a `refused` (somebody was reached), or `nothing`. */
export type Answer = 'open' | 'refused' | 'nothing';

/** What an app gets of each `ADDRESS:PORT`, tried from inside it, all at once. */
export async function answers(engine: DockerFixture, app: InstanceSpec, targets: readonly string[]): Promise<Record<string, Answer>> {
  const seen = await engine.run(app, `
import concurrent.futures
def tried(target):
    host, port = target.rsplit(':', 1)
    try: socket.create_connection((host, int(port)), 1).close(); return 'open'
    except ConnectionRefusedError: return 'refused'
    except OSError: return 'nothing'
targets = ${JSON.stringify(targets)}
with concurrent.futures.ThreadPoolExecutor(64) as pool: out['answers'] = dict(zip(targets, pool.map(tried, targets)))`);
  return seen['answers'] as Record<string, Answer>;
}

/** Each of these with one answer. */
export const all = (targets: readonly string[], answer: Answer): Record<string, Answer> => Object.fromEntries(targets.map((target) => [target, answer]));

export const onPorts = (addresses: readonly string[], ports: readonly number[]): string[] => addresses.flatMap((address) => ports.map((port) => `${address}:${port}`));
