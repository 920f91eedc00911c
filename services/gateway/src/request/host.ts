import { VISITED_HOST } from '@weir/contracts';
import { unshared } from './unshared.ts';

/** Whom a request is for. */
export interface Host {
  /** Lower case, without port: what routes are found by. */
  readonly name: string;
  /** `:8080`, or empty. */
  readonly port: string;
}

const AUTHORITY = new RegExp(String.raw`^(${VISITED_HOST})(:\d{1,5})?$`);

/** The ones asked for lately; a bound, because strangers choose them. */
const KNOWN = new Map<string, Host>();
const MOST_KNOWN = 1_000;

/** Reads one `Host` header's value; `undefined` if it is not a plain name or address with an optional port. */
export function parseHost(value: string): Host | undefined {
  const known = KNOWN.get(value);
  if (known) return known;
  const match = AUTHORITY.exec(value.toLowerCase());
  if (match?.[1] === undefined) return undefined;
  const host = { name: unshared(match[1]), port: unshared(match[2] ?? '') };
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(unshared(value), host);
  return host;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether the visitor named this machine itself rather than one of our hosts. */
export const isLoopback = (host: Host): boolean => LOOPBACK.has(host.name);
