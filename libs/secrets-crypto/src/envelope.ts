import { createHmac, hkdfSync } from 'node:crypto';
import type { DataKey } from './data-key.ts';
import { open, seal } from './sealed.ts';

/** The one place a ciphertext belongs to. Moved anywhere else, it cannot be read. */
export interface Place {
  readonly workspace: string;
  readonly app: string;
  readonly name: string;
  readonly version: number;
}

/** Seals and opens what a workspace keeps secret: AES-256-GCM under its data key. */
export class Envelope {
  readonly #key: DataKey;

  constructor(key: DataKey) {
    this.#key = key;
  }

  seal(plaintext: string, place: Place): Buffer {
    return seal(this.#key.reveal(), this.#key.id, Buffer.from(plaintext, 'utf8'), this.#bind(place));
  }

  /** @throws Unreadable if it is damaged, shortened, sealed by another key, or from another place */
  open(sealed: Uint8Array, place: Place): string {
    return open(this.#key.reveal(), this.#key.id, Buffer.from(sealed), this.#bind(place)).toString('utf8');
  }

  #bind({ workspace, app, name, version }: Place): string {
    for (const part of [workspace, app, name]) if (part.includes('/')) throw new RangeError('a part of a place must not hold a slash'); // else two places could read alike
    return `v1/${workspace}/${app}/${name}/${version}/${this.#key.id}`;
  }
}

/**
 * Tells whether a secret changed without telling what it is: a keyed hash, in hexadecimal.
 *
 * Its key is derived from the data key (RFC 5869), which then serves the cipher alone.
 */
export function fingerprint(key: DataKey, name: string, value: string): string {
  const derived = Buffer.from(hkdfSync('sha256', key.reveal(), '', 'weir fingerprint v1', 32));
  return createHmac('sha256', derived).update(`${Buffer.byteLength(name)}:${name}${value}`).digest('hex');
}
