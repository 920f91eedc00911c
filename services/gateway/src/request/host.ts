/** Whom a request is for. */
export interface Host {
  /** Lower case, without port: what routes are found by. */
  readonly name: string;
  /** `:8080`, or empty. */
  readonly port: string;
}

const AUTHORITY = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9][a-z0-9.-]{0,252})(:\d{1,5})?$/;

/** Reads one `Host` header's value; `undefined` if it is not a plain name or address with an optional port. */
export function parseHost(value: string): Host | undefined {
  const match = AUTHORITY.exec(value.toLowerCase());
  return match?.[1] === undefined ? undefined : { name: match[1], port: match[2] ?? '' };
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether the visitor named this machine itself rather than one of our hosts. */
export const isLoopback = (host: Host): boolean => LOOPBACK.has(host.name);
