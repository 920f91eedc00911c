import { fstatSync } from 'node:fs';

const STDIN = 0;

/**
 * Tells when the supervisor is gone, for then nobody would stop us: it holds the other end of stdin.
 * Any other stdin says nothing, such as a container's, which is empty from the start.
 */
export function whenAbandoned(tell: () => void): void {
  const stdin = fstatSync(STDIN);
  if (stdin.isSocket() || stdin.isFIFO()) process.stdin.once('end', tell).once('error', tell).resume();
}
