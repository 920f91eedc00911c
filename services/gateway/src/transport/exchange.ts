import type { Audience } from '../request/headers.ts';
import type { Insertion } from '../tab/insertion.ts';
import type { Address } from './address.ts';

/**
 * Why an upstream gave no answer: nobody listens there, it took too long, it broke off, it has no such asset,
 * it sleeps and could not be woken, or the body is larger than allowed.
 */
export type UpstreamFailure = 'refused' | 'timeout' | 'broken' | 'missing' | 'not-woken' | 'too-large';

/** One request as it is to be forwarded: all was decided before. */
export interface Exchange {
  readonly to: Address;
  readonly target: string;
  readonly headers: readonly string[];
  /** Of an upgrade, where it is not among the headers: their list may come again then. */
  readonly webSocketKey?: string | undefined;
  readonly audience: Audience;
  /** From the end of the request to the head of the answer; none for answers that take minutes. */
  readonly firstByteMs: number | undefined;
  /** Names the framework's own file that is asked for, if it is one. */
  readonly asset?: string | undefined;
  /** Sent along with the upstream's own. */
  readonly setCookie?: string | undefined;
  /** Put into the answer if it is a document. */
  readonly insertion?: Insertion | undefined;
  /** Asked instead if the file is not there: only for reads. */
  readonly elsewhere?: Address | undefined;
  /** The app is being woken for this; aborted when that has failed. */
  readonly wake?: AbortSignal | undefined;
}

/** Hears of a failure at most once, and only while nothing was answered yet. */
export type OnFailure = (failure: UpstreamFailure, error: Error) => void;
