import { readFileSync } from 'node:fs';
import { DataKey, idOfKey, KEY_BYTES } from './data-key.ts';
import { keyIdOf, open, seal, Unreadable } from './sealed.ts';

/** The installation's key: it wraps the workspaces' data keys, and is kept outside the database. */
export class KeyEncryptionKey {
  readonly id: string;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    if (bytes.length !== KEY_BYTES) throw new RangeError(`the master key must have ${KEY_BYTES} bytes`);
    this.#bytes = Buffer.from(bytes);
    this.id = idOfKey(this.#bytes);
  }

  /** @param text 32 bytes in base64, as `openssl rand -base64 32` writes them */
  static fromBase64(text: string): KeyEncryptionKey {
    const trimmed = text.trim();
    if (!/^[A-Za-z0-9+/]{43}=$/.test(trimmed)) throw new RangeError(`the master key must be ${KEY_BYTES} bytes in base64`);
    return new KeyEncryptionKey(Buffer.from(trimmed, 'base64'));
  }

  static fromFile(path: string): KeyEncryptionKey {
    return KeyEncryptionKey.fromBase64(readFileSync(path, 'utf8'));
  }

  /** A data key as it is stored. It can be unwrapped for this workspace only. */
  wrap(key: DataKey, workspace: string): Buffer {
    return seal(this.#bytes, this.id, key.reveal(), boundTo(workspace));
  }

  /** @throws Unreadable if it was wrapped by another key or for another workspace */
  unwrap(wrapped: Uint8Array, workspace: string): DataKey {
    const bytes = Buffer.from(wrapped);
    const key = open(this.#bytes, this.id, bytes, boundTo(workspace));
    if (key.length !== KEY_BYTES) throw new Unreadable('the wrapped key has the wrong length');
    return new DataKey(key);
  }

  /** The id of the key-encryption key that wrapped this data key. */
  static idIn(wrapped: Uint8Array): string {
    return keyIdOf(Buffer.from(wrapped));
  }
}

const boundTo = (workspace: string): string => `v1/data-key/${workspace}`;
