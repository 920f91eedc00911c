import type { Figure } from './figures.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { Laboratory, RunningPeer } from './laboratory.ts';
import { ProcessLost } from './machine.ts';
import type { Measurement } from './measurements.ts';
import type { Peer } from './peer.ts';

/** Caches fill in a second. */
const WARM_SECONDS = 1;
/**
 * What is compiled while it runs needs longer, and runs for days where it is used: V8 goes on compiling until a thing was
 * done some fifteen thousand times. A unit that comes seldom is a large one, whose cost is in other things than how often it came.
 */
const COMPILED = { units: 20_000, seconds: { least: 15, most: 40 } };
/** As it is measured afterwards, in turn: what V8 compiled without ever having seen how the next work begins, it throws away when that comes. */
const WARM_ROUNDS = 10;

/** Every figure of every peer in turn, again and again: a slow minute of the machine weighs on all alike. */
export class Comparison {
  readonly measurements: Measurement[] = [];
  /** What could not be measured, one sentence each. */
  readonly failures: string[] = [];
  readonly #laboratory: Laboratory;
  readonly #peers: readonly Peer[];
  readonly #say: (text: string) => void;

  constructor(laboratory: Laboratory, peers: readonly Peer[], say: (text: string) => void) {
    this.#laboratory = laboratory;
    this.#peers = peers;
    this.#say = say;
  }

  async run({ figures, runs, seconds, limitMs }: GatewayOptions): Promise<void> {
    const startedAt = performance.now();
    const busy = figures.filter(({ work }) => work !== 'idle');
    const running = busy.length > 0 ? await this.#startAll() : [];
    await this.#warmUp(busy, running);

    let lastMs = 0;
    for (let run = 1; run <= runs; run++) {
      const runAt = performance.now();
      if (runAt - startedAt + lastMs > limitMs) return this.#say(`no time for more than ${run - 1} of ${runs} repetitions`);
      for (const figure of figures) {
        this.#say(`repetition ${run} of ${runs}: ${figure.title}`);
        if (figure.work === 'idle') for (const peer of this.#peers) await this.#record(figure, peer.name, run, () => this.#measureFresh(figure, peer, seconds));
        else for (const peer of running) await this.#record(figure, peer.name, run, () => this.#laboratory.measure(figure, peer, seconds));
      }
      lastMs = performance.now() - runAt;
    }
  }

  async #startAll(): Promise<RunningPeer[]> {
    const running: RunningPeer[] = [];
    for (const peer of this.#peers) running.push(await this.#laboratory.start(peer));
    return [...running, this.#laboratory.direct];
  }

  async #warmUp(figures: readonly Figure[], running: readonly RunningPeer[]): Promise<void> {
    const compiled = new Set(this.#peers.filter((peer) => peer.isCompiledWhileRunning).map(({ name }) => name));
    for (let round = 1; round <= WARM_ROUNDS; round++) {
      this.#say(`warming up: ${round} of ${WARM_ROUNDS}`);
      for (const figure of figures) {
        for (const peer of running) {
          if (compiled.has(peer.name)) await this.#try(() => this.#laboratory.measure(figure, peer, compiledAfter(figure) / WARM_ROUNDS));
          else if (round === 1) await this.#try(() => this.#laboratory.measure(figure, peer, WARM_SECONDS));
        }
      }
    }
    this.failures.length = 0;
  }

  /** Memory is looked at in a process that has done nothing before. */
  async #measureFresh(figure: Figure, peer: Peer, seconds: number): Promise<Measurement['result']> {
    const fresh = await this.#laboratory.start(peer);
    try {
      return await this.#laboratory.measure(figure, fresh, seconds);
    } finally {
      await this.#laboratory.stop(fresh);
    }
  }

  async #record(figure: Figure, peer: string, run: number, measure: () => Promise<Measurement['result']>): Promise<void> {
    const result = await this.#try(measure);
    if (result) this.measurements.push({ figure: figure.key, peer, run, result });
  }

  /** Once more where it fails: on a busy machine a connection may be refused. */
  async #try<T>(measure: () => Promise<T>): Promise<T | undefined> {
    return measure().catch((error: Error) => {
      if (error instanceof ProcessLost) throw error;
      this.#say(`${error.message}; trying again`);
      return measure().catch((again: Error) => void this.failures.push(again.message));
    });
  }
}

/** Seconds until what is compiled while it runs is as fast as it will be. */
function compiledAfter({ rate }: Figure): number {
  const { units, seconds } = COMPILED;
  const needed = units / rate;
  return needed > seconds.most ? seconds.least : Math.max(seconds.least, needed);
}
