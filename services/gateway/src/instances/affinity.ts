import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId, type AppId } from '@weir/domain';
import { cookieValue } from '../request/cookies.ts';
import type { Binding } from './instance-pool.ts';

export const AFFINITY_COOKIE = 'weir_affinity';

const SIGNATURE_BYTES = 16;
/** A bound, because strangers may send names of processes that never were. */
const MOST_SIGNATURES = 10_000;

/**
 * Binds one browser to one instance of one app.
 *
 * The binding is a signed, host-only cookie: it survives the gateway, and nobody can choose an
 * instance for another (or find out which exist) by writing one.
 */
export class Affinity {
  readonly #key: Uint8Array;
  readonly #secure: boolean;
  readonly #signatures = new Map<string, Buffer>();

  /** @param key at least 32 random bytes that outlive the process */
  constructor(key: Uint8Array, secure: boolean) {
    if (key.length < 32) throw new RangeError('the affinity key needs 32 bytes');
    this.#key = key;
    this.#secure = secure;
  }

  /** Where a browser's cookies bind it to. It may be gone since. */
  bound(app: AppId, cookies: string | undefined): Binding | undefined {
    const [id = '', attempt = '', signature = ''] = cookieValue(cookies, AFFINITY_COOKIE)?.split('.') ?? [];
    if (!isId('instance', id) || !/^\d{1,9}$/.test(attempt)) return undefined;
    const binding = { id, attempt: Number(attempt) };
    const given = Buffer.from(signature, 'base64url');
    return given.length === SIGNATURE_BYTES && timingSafeEqual(given, this.#sign(app, binding)) ? binding : undefined;
  }

  /** The Set-Cookie value that binds a browser. */
  bind(app: AppId, { id, attempt }: Binding): string {
    const signature = this.#sign(app, { id, attempt }).toString('base64url');
    return `${AFFINITY_COOKIE}=${id}.${attempt}.${signature}; Path=/; HttpOnly; SameSite=Lax${this.#secure ? '; Secure' : ''}`;
  }

  /** A request costs a look, not a digest: the same few processes are signed for again and again. */
  #sign(app: AppId, { id, attempt }: Binding): Buffer {
    const text = `${app} ${id} ${attempt}`;
    const known = this.#signatures.get(text);
    if (known) return known;
    const signature = createHmac('sha256', this.#key).update(text).digest().subarray(0, SIGNATURE_BYTES);
    if (this.#signatures.size >= MOST_SIGNATURES) this.#signatures.clear();
    this.#signatures.set(text, signature);
    return signature;
  }
}
