import { createHash, randomBytes } from 'node:crypto';

export const KEY_BYTES = 32;

/** The id of a key: the first 8 hexadecimal digits of its SHA-256, which tells nothing of the key. */
export const idOfKey = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

/** The key that one workspace's secrets are encrypted with. It leaves memory only wrapped. */
export class DataKey {
  readonly id: string;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    if (bytes.length !== KEY_BYTES) throw new RangeError(`a data key has ${KEY_BYTES} bytes`);
    this.#bytes = Buffer.from(bytes);
    this.id = idOfKey(this.#bytes);
  }

  static generate(): DataKey {
    return new DataKey(randomBytes(KEY_BYTES));
  }

  /** The key itself, for the ciphers of this library. A method, so that no log or JSON ever holds it. */
  reveal(): Buffer {
    return this.#bytes;
  }
}
