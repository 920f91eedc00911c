import { createHash, randomBytes } from 'node:crypto';

/** What a credential is stored as. It has 256 random bits, so a plain hash is enough. */
export const hashOf = (credential: string): string => createHash('sha256').update(credential).digest('hex');

const random = (): string => randomBytes(32).toString('base64url');

export const newApiToken = (): string => `weir_${random()}`;
export const newSessionToken = random;
export const newLinkToken = random;

const API_TOKEN = /^weir_[A-Za-z0-9_-]{43}$/;

export const isApiToken = (text: string): boolean => API_TOKEN.test(text);

/** Over TLS the prefix binds the cookie to this very host (RFC 6265bis, 4.1.3). */
export const sessionCookieName = (secure: boolean): string => (secure ? '__Host-weir_session' : 'weir_session');

/** A cookie's value. Two cookies of one name are ambiguous, so they count as none. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '').split(';').map((pair) => pair.trim()).filter((pair) => pair.startsWith(`${name}=`));
  return values.length === 1 ? values[0]?.slice(name.length + 1) : undefined;
}
