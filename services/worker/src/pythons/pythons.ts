import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { PythonView } from '@weir/contracts';
import { compareVersions } from '@weir/domain';
import { PYTHONS, type PythonImages, type PythonOrigin } from '@weir/images';
import type { Logger } from '@weir/telemetry';
import { KeyedLock } from '../builds/keyed-lock.ts';
import { Making } from './making.ts';
import type { PythonSource } from './python-source.ts';

const ASK_EVERY_MS = 24 * 3_600_000;
/** After a mirror that did not answer. */
const ASK_SOON_MS = 300_000;

interface Options {
  /** The images of Pythons that were there before this process, by version. */
  readonly given: Readonly<Record<string, Pick<PythonImages, 'base' | 'builder'>>>;
  readonly defaultPython: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** What a build of one Python needs. */
export type BuildImages = Pick<PythonImages, 'base' | 'builder'>;

/** The Pythons of this host: those it has, and those it makes when they are first needed. */
export class Pythons implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #making = new Map<string, Making>();
  /** Why the last making failed. */
  readonly #failures = new Map<string, string>();
  readonly #turn = new KeyedLock();
  #origins: Promise<ReadonlyMap<string, PythonOrigin>> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly source: PythonSource, private readonly options: Options) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.source.tidy();
    void this.#asked(); // not waited for: a mirror may be slow, and the default Python is here
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
  }

  /** Versions that a plan may choose from. */
  async offered(): Promise<string[]> {
    const found = [...(await this.#asked())].flatMap(([version, { from }]) => (from === null ? [] : [version]));
    return [...new Set([...found, ...Object.keys(this.options.given)])];
  }

  async list(): Promise<PythonView[]> {
    const versions = [...new Set([...PYTHONS, ...Object.keys(this.options.given)])].sort(compareVersions);
    return Promise.all(versions.map((version) => this.#view(version)));
  }

  /** Begins to make a Python unless it is there; does not wait for it. `undefined` for one that cannot be had. */
  async prepare(version: string): Promise<PythonView | undefined> {
    const view = (await this.list()).find((one) => one.version === version);
    if (!view || view.state === 'unavailable') return undefined;
    if (view.state === 'on-first-need') this.#make(version);
    return this.#view(version);
  }

  /**
   * The images of a Python, made first if need be.
   *
   * @param say told each step of making, if there is anything to make
   * @throws Error of the source, or the signal's reason
   */
  async provide(version: string, say: (step: string) => void, signal: AbortSignal): Promise<BuildImages> {
    const given = this.options.given[version];
    if (given) return given;
    const found = await this.source.find(version);
    if (found) {
      await this.source.hold(version, found);
      return found;
    }
    say(`Preparing Python ${version}, once for this installation. This takes a minute or two.`);
    return this.#make(version).wait((step) => say(`Python ${version}: ${step}.`), signal);
  }

  /** One at a time: they would only take disk and processors from each other, and from running apps. */
  #make(version: string): Making {
    const under = this.#making.get(version);
    if (under) return under;
    const { logger } = this.options;
    const making = new Making((say) => this.#turn.hold('making', async () => {
      const started = performance.now();
      try {
        const images = await this.source.make(version, say);
        this.#failures.delete(version);
        logger.info({ python: version, from: images.from, ms: Math.round(performance.now() - started) }, 'python.made');
        return images;
      } catch (error) {
        this.#failures.set(version, (error as Error).message);
        logger.warn({ python: version, err: error }, 'python.not_made');
        throw error;
      } finally {
        this.#making.delete(version);
      }
    }));
    if (this.#making.size > 0) making.step = 'waiting for its turn';
    this.#making.set(version, making);
    return making;
  }

  async #view(version: string): Promise<PythonView> {
    const common = { version, isDefault: version === this.options.defaultPython, from: null, sizeBytes: null, step: null, reason: null };
    const there = await this.source.find(version);
    if (there) return { ...common, state: 'ready', from: there.from, sizeBytes: there.sizeBytes };
    if (this.options.given[version]) return { ...common, state: 'ready' };
    const origin = (await this.#asked()).get(version) ?? { from: null, reason: 'nobody was asked for it', lasting: true };
    const making = this.#making.get(version);
    if (making) return { ...common, state: 'preparing', from: origin.from, step: making.step };
    if (origin.from === null) return { ...common, state: 'unavailable', reason: origin.reason };
    return { ...common, state: 'on-first-need', from: origin.from, reason: this.#failures.get(version) ?? null };
  }

  #asked(): Promise<ReadonlyMap<string, PythonOrigin>> {
    return this.#origins ?? this.#ask();
  }

  /** Asks where Pythons come from, again every day. What is known holds meanwhile. */
  #ask(): Promise<ReadonlyMap<string, PythonOrigin>> {
    const answer = this.#askAll();
    this.#origins ??= answer;
    return answer.then((origins) => {
      this.#origins = answer;
      const soon = [...origins.values()].some((origin) => origin.from === null && !origin.lasting);
      this.#timer = setTimeout(() => void this.#ask(), soon ? ASK_SOON_MS : ASK_EVERY_MS).unref();
      return origins;
    });
  }

  async #askAll(): Promise<ReadonlyMap<string, PythonOrigin>> {
    const answers = await Promise.all(PYTHONS.map(async (version): Promise<[string, PythonOrigin]> => {
      const failed = (error: unknown): PythonOrigin => {
        this.options.logger.warn({ python: version, err: error }, 'python.origin_unknown');
        return { from: null, reason: 'asking where it comes from failed', lasting: false };
      };
      const there = await this.source.find(version);
      return [version, there ? { from: there.from } : await this.source.origin(version).catch(failed)];
    }));
    return new Map(answers);
  }
}
