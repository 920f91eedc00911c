import { Forbidden } from '@weir/domain';
import type { IncomingHttpHeaders } from 'node:http';

/** A browser was made to send a request by a page that is not the console. */
export class CrossSite extends Forbidden {
  override readonly code = 'auth.cross_site';
  override readonly publicMessage = 'With a session, changes are accepted as JSON from the console only. Programs send an API token instead.';
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries a session cookie comes from the console's own pages.
 *
 * Apps run on sibling hosts, which browsers call the same site; so the origin must be the very same.
 */
export function isFromConsole(method: string, headers: IncomingHttpHeaders, consoleUrl: string): boolean {
  if (SAFE.has(method)) return true;
  if (headers.origin !== consoleUrl) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return !hasBody || /^application\/json(;|$)/i.test(headers['content-type'] ?? '');
}
