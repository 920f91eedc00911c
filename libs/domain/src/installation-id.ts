const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 8;

/** An installation's id, of random bytes: short, for the names of containers, packet filter chains and database roles. */
export const installationId = (random: Uint8Array): string => Array.from(random.subarray(0, LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join('');
