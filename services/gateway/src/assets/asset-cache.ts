import type { Logger } from '@weir/telemetry';
import { valueOf, valuesOf } from '../request/values-of.ts';
import type { Asset } from './asset.ts';
import { isForEverybody } from './for-everybody.ts';
import { makeAsset } from './make-asset.ts';

const MOST_BYTES = 96 * 2 ** 20;
const MOST_ASSET_BYTES = 8 * 2 ** 20;
/** Answers of which a copy is being taken. */
const MOST_RECORDED = 16;

/**
 * Frameworks' own files, compressed once and kept in memory; those used longest ago go first.
 *
 * Only what the app itself calls immutable and nobody's own, and only under its release's name. Whoever asks for one was let
 * in before.
 */
export class AssetCache {
  readonly #log: Logger;
  /** The one used last is the last. */
  readonly #kept = new Map<string, Asset>();
  readonly #recorded = new Set<string>();
  #bytes = 0;
  /** One after the other: a first visit brings ninety. */
  #making = Promise.resolve();

  constructor(log: Logger) {
    this.#log = log;
  }

  find(key: string): Asset | undefined {
    const asset = this.#kept.get(key);
    if (!asset) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, asset);
    return asset;
  }

  /**
   * Begins to copy an answer to GET.
   *
   * @param headers as the browser gets them
   * @returns `undefined` if it is not one to keep, or is copied already
   */
  record(key: string, status: number, headers: readonly string[]): Recording | undefined {
    const bytes = Number(valueOf(headers, 'content-length') ?? Number.NaN);
    const isFinal = status === 200 && valuesOf(headers, 'cache-control').some((value) => /\bimmutable\b/i.test(value));
    if (!isFinal || !isForEverybody(headers) || !(bytes > 0 && bytes <= MOST_ASSET_BYTES)) return undefined;
    if (this.#recorded.size >= MOST_RECORDED || this.#recorded.has(key) || this.#kept.has(key)) return undefined;
    this.#recorded.add(key);
    return new Recording(bytes, (body) => {
      if (!body) return void this.#recorded.delete(key);
      this.#making = this.#making.then(async () => {
        await makeAsset(headers, body).then((asset) => this.#keep(key, asset), (error: unknown) => this.#log.error({ err: error }, 'asset.unmade'));
        this.#recorded.delete(key);
      });
    });
  }

  #keep(key: string, asset: Asset): void {
    this.#kept.set(key, asset);
    this.#bytes += asset.bytes;
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#kept.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}

/** The copy of a body that is passed on. */
export class Recording {
  readonly #body: Buffer;
  readonly #ended: (body: Buffer | undefined) => void;
  #length = 0;

  constructor(bytes: number, ended: (body: Buffer | undefined) => void) {
    this.#body = Buffer.allocUnsafeSlow(bytes);
    this.#ended = ended;
  }

  add(part: Uint8Array): void {
    this.#body.set(part, this.#length);
    this.#length += part.length;
  }

  /** No more will come: it is whole, or of no use. */
  end(): void {
    this.#ended(this.#length === this.#body.length ? this.#body : undefined);
  }
}
