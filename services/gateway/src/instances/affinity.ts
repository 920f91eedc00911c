import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId, type AppId, type InstanceId } from '@weir/domain';
import { cookieValue } from '../request/cookies.ts';
import { unshared } from '../request/unshared.ts';
import type { Binding } from './instance-pool.ts';

const AFFINITY_COOKIE = 'weir_affinity';

const SIGNATURE_BYTES = 16;
/** In base64url. */
const SIGNATURE_LETTERS = 22;
const LONGEST_TOKEN = 80;
const BETWEEN = '~';
/** Of a browser: the one of its newest document, and the one before. */
const MOST_BINDINGS = 2;
const MOST_KNOWN = 10_000;

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
  /** Tokens that were found to be ours: the same few come with every request. */
  readonly #known = new Map<string, { readonly app: AppId; readonly binding: Binding }>();

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
    const value = cookieValue(cookies, this.#cookie);
    if (value === undefined) return [];
    const bindings: Binding[] = [];
    for (const token of value.includes(BETWEEN) ? value.split(BETWEEN, MOST_BINDINGS) : [value]) {
      const binding = this.read(app, token);
      if (binding) bindings.push(binding);
    }
    return bindings;
  }

  /** A binding as one word, which only this gateway can write. */
  token(app: AppId, { id, attempt }: Binding): string {
    return `${id}.${attempt}.${this.#sign(app, { id, attempt }).toString('base64url')}`;
  }

  /** The binding that a token stands for; none if it was forged, or made for another app. */
  read(app: AppId, token: string | undefined): Binding | undefined {
    if (token === undefined || token.length > LONGEST_TOKEN) return undefined;
    const known = this.#known.get(token);
    if (known) return known.app === app ? known.binding : undefined;
    const binding = this.#verify(app, token);
    if (!binding) return undefined;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(unshared(token), { app, binding });
    return binding;
  }

  /** The Set-Cookie value that binds a browser. */
  bind(app: AppId, bindings: readonly Binding[]): string {
    const value = bindings.slice(0, MOST_BINDINGS).map((binding) => this.token(app, binding)).join(BETWEEN);
    return `${this.#cookie}=${value}; Path=/; HttpOnly; SameSite=Lax${this.#secure ? '; Secure' : ''}`;
  }

  #verify(app: AppId, token: string): Binding | undefined {
    const [id = '', attempt = '', signature = '', ...more] = token.split('.');
    if (more.length > 0 || signature.length !== SIGNATURE_LETTERS || !isId('instance', id) || !/^\d{1,9}$/.test(attempt)) return undefined;
    const binding = { id: unshared(id) as InstanceId, attempt: Number(attempt) };
    const given = Buffer.from(signature, 'base64url');
    return given.length === SIGNATURE_BYTES && timingSafeEqual(given, this.#sign(app, binding)) ? binding : undefined;
  }

  #sign(app: AppId, { id, attempt }: Binding): Buffer {
    return createHmac('sha256', this.#key).update(`${app} ${id} ${attempt}`).digest().subarray(0, SIGNATURE_BYTES);
  }
}
