import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId, type AppId } from '@weir/domain';
import { cookieValue } from '../request/cookies.ts';
import type { Binding } from './instance-pool.ts';

const AFFINITY_COOKIE = 'weir_affinity';

const SIGNATURE_BYTES = 16;
const BETWEEN = '~';
/** Of a browser: the one of its newest document, and the one before. */
const MOST_BINDINGS = 2;
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
  readonly #cookie: string;
  readonly #signatures = new Map<string, Buffer>();

  /**
   * @param key at least 32 random bytes that outlive the process
   * @param secure over https, where browsers take a `__Host-` cookie, which no other host can set
   */
  constructor(key: Uint8Array, secure: boolean) {
    if (key.length < 32) throw new RangeError('the affinity key needs 32 bytes');
    this.#key = key;
    this.#secure = secure;
    this.#cookie = secure ? `__Host-${AFFINITY_COOKIE}` : AFFINITY_COOKIE;
  }

  /**
   * Where a browser's cookies bind it to: the instance of its newest document first, then the one before, to
   * which its older tabs belong. They may be gone since.
   */
  bound(app: AppId, cookies: string | undefined): readonly Binding[] {
    const tokens = cookieValue(cookies, this.#cookie)?.split(BETWEEN, MOST_BINDINGS) ?? [];
    return tokens.map((token) => this.read(app, token)).filter((binding) => binding !== undefined);
  }

  /** A binding as one word, which only this gateway can write. */
  token(app: AppId, { id, attempt }: Binding): string {
    return `${id}.${attempt}.${this.#sign(app, { id, attempt }).toString('base64url')}`;
  }

  /** The binding that a token stands for; none if it was forged, or made for another app. */
  read(app: AppId, token: string | undefined): Binding | undefined {
    const [id = '', attempt = '', signature = ''] = token?.split('.') ?? [];
    if (!isId('instance', id) || !/^\d{1,9}$/.test(attempt)) return undefined;
    const binding = { id, attempt: Number(attempt) };
    const given = Buffer.from(signature, 'base64url');
    return given.length === SIGNATURE_BYTES && timingSafeEqual(given, this.#sign(app, binding)) ? binding : undefined;
  }

  /** The Set-Cookie value that binds a browser. */
  bind(app: AppId, bindings: readonly Binding[]): string {
    const value = bindings.slice(0, MOST_BINDINGS).map((binding) => this.token(app, binding)).join(BETWEEN);
    return `${this.#cookie}=${value}; Path=/; HttpOnly; SameSite=Lax${this.#secure ? '; Secure' : ''}`;
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
