import { randomBytes } from 'node:crypto';
import type { DataFolder } from './data-folder.ts';

const KEYS: Record<string, () => string> = {
  'internal-token': () => randomBytes(32).toString('base64url'),
  'master-key': () => randomBytes(32).toString('base64'),
  'cli-token': () => `weir_${randomBytes(32).toString('base64url')}`,
  'postgres-password': () => randomBytes(24).toString('hex'),
  'queue-password': () => randomBytes(24).toString('hex'),
};

/** Makes the keys that an installation does not have yet. */
export function makeKeys(data: DataFolder): void {
  for (const [name, make] of Object.entries(KEYS)) data.secret(name, make);
}
