import { gunzipSync, gzipSync } from 'node:zlib';

export const LOCK_LABEL = 'weir.lock';
/** Labels come with every list of images. */
const MOST_CHARACTERS = 100_000;
const MOST_BYTES = 4_000_000;

/** A lock as an image's label; empty where it would be too long for one. */
export function lockLabel(lock: string): string {
  const encoded = gzipSync(lock).toString('base64');
  return encoded.length < MOST_CHARACTERS ? encoded : '';
}

/** The lock that an image was made from; `null` where its label has none. */
export function labelledLock(labels: Readonly<Record<string, string>> | undefined): string | null {
  const bytes = Buffer.from(labels?.[LOCK_LABEL] ?? '', 'base64');
  if (bytes.length === 0) return null;
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b; // those of earlier versions are plain
  return (isPacked ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes).toString('utf8');
}
