import { readFileSync } from 'node:fs';

/** Listeners, log, snapshot, and the pool of idle connections to apps. */
const RESERVED = 512;
/** A visitor's connection and the one to the app. */
const PER_CONNECTION = 2;

/**
 * How many connections the limit of open files leaves room for, of those wanted. Beyond it a visitor would
 * get errors where he should get a clear refusal, and so would everybody else.
 *
 * @param limits as `/proc/self/limits` has them; Node has raised the soft limit to the hard one by then
 */
export function affordableConnections(wanted: number, limits: string): number {
  const files = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Infinity);
  return Math.min(wanted, Math.max(1, Math.floor((files - RESERVED) / PER_CONNECTION)));
}

export const ownLimits = (): string => readFileSync('/proc/self/limits', 'utf8');
