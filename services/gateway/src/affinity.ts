import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId, type AppId, type InstanceId } from '@weir/domain';
import { cookieValue } from './cookies.ts';

export const AFFINITY_COOKIE = 'weir_affinity';

const SIGNATURE_BYTES = 16;

/**
 * Binds one browser to one instance of one app.
 *
 * The binding is a signed, host-only cookie: it survives the gateway, and nobody can choose an
 * instance for another (or find out which exist) by writing one.
 */
export class Affinity {
  readonly #key: Uint8Array;
  readonly #secure: boolean;

  /** @param key at least 32 random bytes that outlive the process */
  constructor(key: Uint8Array, secure: boolean) {
    if (key.length < 32) throw new RangeError('the affinity key needs 32 bytes');
    this.#key = key;
    this.#secure = secure;
  }

  /** The instance a browser's cookies bind it to. It may be gone since. */
  bound(app: AppId, cookies: string | undefined): InstanceId | undefined {
    const [id = '', signature = ''] = cookieValue(cookies, AFFINITY_COOKIE)?.split('.') ?? [];
    if (!isId('instance', id)) return undefined;
    const given = Buffer.from(signature, 'base64url');
    return given.length === SIGNATURE_BYTES && timingSafeEqual(given, this.#sign(app, id)) ? id : undefined;
  }

  /** The Set-Cookie value that binds a browser. */
  bind(app: AppId, instance: InstanceId): string {
    const signature = this.#sign(app, instance).toString('base64url');
    return `${AFFINITY_COOKIE}=${instance}.${signature}; Path=/; HttpOnly; SameSite=Lax${this.#secure ? '; Secure' : ''}`;
  }

  #sign(app: AppId, instance: InstanceId): Buffer {
    return createHmac('sha256', this.#key).update(`${app} ${instance}`).digest().subarray(0, SIGNATURE_BYTES);
  }
}
