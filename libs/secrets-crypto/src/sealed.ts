import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DomainError } from '@weir/domain';

const ALGORITHM = 'aes-256-gcm';
/** The only form so far; a reader that meets another one stops. */
const FORM = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12; // 96 bits, the length GCM is made for (NIST SP 800-38D)
const TAG_BYTES = 16; // said to the cipher as well: OpenSSL takes a 4-byte tag otherwise
const HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

/** A ciphertext that is damaged, was moved from elsewhere, or belongs to another key. Which of these is not told. */
export class Unreadable extends DomainError {
  readonly code = 'secrets.unreadable';
  readonly kind = 'internal';
  readonly publicMessage = 'The stored secrets cannot be read.';
}

/** Layout: form (1) · key id (4) · nonce (12) · ciphertext · tag (16). */
export function seal(key: Buffer, keyId: string, plaintext: Buffer, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(bound));
  return Buffer.concat([Buffer.of(FORM), Buffer.from(keyId, 'hex'), nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Unreadable unless `sealed` was made with this very key and `bound` */
export function open(key: Buffer, keyId: string, sealed: Buffer, bound: string): Buffer {
  if (sealed.length < HEAD_BYTES + TAG_BYTES) throw new Unreadable('the ciphertext is too short');
  if (sealed[0] !== FORM) throw new Unreadable('the ciphertext has a form that is not known');
  if (keyIdOf(sealed) !== keyId) throw new Unreadable('the ciphertext names another key');
  const nonce = sealed.subarray(1 + KEY_ID_BYTES, HEAD_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const text = decipher.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]);
  } catch (error) {
    throw new Unreadable('the ciphertext does not belong here', { cause: error });
  }
}

/** The id of the key a ciphertext was made with: 8 hexadecimal digits. */
export const keyIdOf = (sealed: Buffer): string => sealed.subarray(1, 1 + KEY_ID_BYTES).toString('hex');
