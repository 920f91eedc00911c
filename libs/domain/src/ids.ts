/** Every id carries its noun, so that a log line or a URL explains itself. */
export const ID_PREFIXES = {
  workspace: 'wsp',
  user: 'usr',
  session: 'ses',
  token: 'tok',
  app: 'app',
  deployment: 'dep',
  release: 'rel',
  instance: 'ins',
  secretVersion: 'sec',
  auditEvent: 'aud',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;
export type Id<K extends IdKind> = `${(typeof ID_PREFIXES)[K]}_${string}`;

export type WorkspaceId = Id<'workspace'>;
export type UserId = Id<'user'>;
export type AppId = Id<'app'>;
export type DeploymentId = Id<'deployment'>;
export type ReleaseId = Id<'release'>;
export type InstanceId = Id<'instance'>;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32, lower case: valid in Docker names and hostnames
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

const digit = (value: number): string => ALPHABET.charAt(value & 31);

/**
 * A new id: 50 bits of time, then 80 random bits, so that ids sort by age.
 *
 * @param randomness at least 16 random bytes; the domain draws none itself
 */
export function newId<K extends IdKind>(kind: K, nowMs: number, randomness: Uint8Array): Id<K> {
  if (randomness.length < RANDOM_LENGTH) throw new RangeError(`an id needs ${RANDOM_LENGTH} random bytes`);
  let time = '';
  for (let rest = nowMs, i = 0; i < TIME_LENGTH; i++, rest = Math.floor(rest / 32)) time = digit(rest % 32) + time;
  const random = Array.from(randomness.subarray(0, RANDOM_LENGTH), digit).join('');
  return `${ID_PREFIXES[kind]}_${time}${random}`;
}

const DIGITS = new RegExp(`^[${ALPHABET}]{${TIME_LENGTH + RANDOM_LENGTH}}$`);

export function isId<K extends IdKind>(kind: K, text: string): text is Id<K> {
  const prefix = ID_PREFIXES[kind];
  return text.startsWith(prefix) && text[prefix.length] === '_' && DIGITS.test(text.slice(prefix.length + 1));
}
