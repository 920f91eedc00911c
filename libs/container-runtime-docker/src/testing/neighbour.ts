import { setTimeout as wait } from 'node:timers/promises';
import type { InstanceSpec } from '@weir/container-runtime';
import { type DockerFixture, openDockerFixture } from './docker-fixture.ts';

const ASKED_EVERY_MS = 50;
/** An answer that comes later is none. */
const PATIENCE_MS = 5000;

/** An app of another installation on this host, which somebody visits all the time. */
export class Neighbour {
  readonly #unanswered: string[] = [];
  readonly #over = new AbortController();
  readonly #visits: Promise<void>;
  #answers = 0;

  private constructor(private readonly engine: DockerFixture, private readonly spec: InstanceSpec, address: string) {
    this.#visits = this.#visit(`http://${address}/`);
  }

  static async open(): Promise<Neighbour> {
    const engine = await openDockerFixture();
    const spec = await engine.spec({ limits: { memoryMib: 128, cpus: 0.5, pids: 64 } });
    await engine.runtime.start(spec);
    return new Neighbour(engine, spec, await engine.ready(spec));
  }

  /** Ends it; tells how it fared until then. */
  async close(): Promise<{ readonly answers: number; readonly unanswered: readonly string[]; readonly state: string | undefined }> {
    this.#over.abort();
    await this.#visits;
    const state = (await this.engine.runtime.list()).find(({ id }) => id === this.spec.id)?.state;
    await this.engine.close();
    return { answers: this.#answers, unanswered: this.#unanswered, state };
  }

  async #visit(url: string): Promise<void> {
    while (!this.#over.signal.aborted) {
      const heard = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).then((answer) => answer.text(), String);
      if (heard === 'probe') this.#answers++;
      else this.#unanswered.push(`${new Date().toISOString()} ${heard}`);
      await wait(ASKED_EVERY_MS);
    }
  }
}
