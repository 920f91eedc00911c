import type { Logger } from '@weir/telemetry';
import { answerHeaders } from '../request/headers.ts';
import { valueOf, valuesOf, without } from '../request/values-of.ts';
import { answerDocument, type Insertion } from '../tab/insertion.ts';
import { isShell } from '../tab/streamlit-paths.ts';
import { DocumentStart } from '../transport/document-start.ts';
import type { Exchange } from '../transport/exchange.ts';
import type { Asset } from './asset.ts';
import { askUpstream } from './ask-upstream.ts';
import { isForEverybody } from './for-everybody.ts';
import { makeAsset } from './make-asset.ts';

/**
 * The pages that open apps, kept until the route of their instance is told anew.
 *
 * Streamlit answers `/` with a file of its own, the same for everybody, and runs nobody's script for it; a process that
 * is busy, or has a hundred visitors in its first second, needs its time for their sessions. What a visitor got is kept
 * only if the app gives the same to one who says nothing of himself. Whoever asks was let in before.
 */
export class Shells {
  readonly #log: Logger;
  /** By what an instance's documents begin with; nothing while one is fetched, or where it is not to be kept. */
  readonly #kept = new WeakMap<Insertion, Asset | undefined>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** A frozen app is asked itself, so that its visitor hears when it does not wake. */
  find({ insertion, target, wake }: Exchange): Asset | undefined {
    return insertion && !wake && isShell(target) ? this.#kept.get(insertion) : undefined;
  }

  /** An app has answered. @param headers as it gave them */
  noticed({ insertion, target, to, headers: asked }: Exchange, status: number, headers: readonly string[]): void {
    if (!insertion || this.#kept.has(insertion) || !isShell(target) || status !== 200 || !isKeepable(headers)) return;
    this.#kept.set(insertion, undefined);
    this.#fetch(to, valueOf(asked, 'host') ?? '', insertion, valueOf(headers, 'etag')).catch((error: unknown) => {
      this.#kept.delete(insertion); // whoever comes next tries again
      this.#log.debug({ err: error }, 'shell.unmade');
    });
  }

  async #fetch(to: Exchange['to'], host: string, insertion: Insertion, etag: string | undefined): Promise<void> {
    const { status, headers, body } = await askUpstream(to, host, '/');
    if (status !== 200 || !isKeepable(headers) || valueOf(headers, 'etag') !== etag) return;
    const { bytes, added } = new DocumentStart('close', insertion.html).add(body, true) ?? { bytes: body, added: 0 };
    if (added > 0) this.#kept.set(insertion, await makeAsset(answerDocument(without(answerHeaders(headers, 'app'), OF_ONE_ANSWER), insertion, added), bytes, 'identity'));
  }
}

/** A page that has a tag, is to be asked for each time, and is nobody's own. */
function isKeepable(headers: readonly string[]): boolean {
  const isPage = (valueOf(headers, 'content-type') ?? '').toLowerCase().startsWith('text/html') && /^(?:W\/)?"/.test(valueOf(headers, 'etag') ?? '');
  return isPage && isForEverybody(headers) && valuesOf(headers, 'cache-control').some((value) => /\bno-cache\b/i.test(value));
}

/** When the app answered says nothing of later answers. */
const OF_ONE_ANSWER = new Set(['date']);
