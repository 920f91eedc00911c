import type { IncomingMessage } from 'node:http';
import { parseHost, type Host } from './host.ts';
import { plainPath } from './plain-path.ts';
import { valuesOf } from './values-of.ts';

/** What decisions are made from. The target is the very text that is forwarded, so that the two can never differ. */
export interface RequestFacts {
  readonly method: string;
  readonly host: Host;
  /** Origin form: path and query. */
  readonly target: string;
  /** The target's path as apps' servers compare it. */
  readonly path: string;
  /** A browser opens a document with it, rather than a script or a tag fetching a part. */
  readonly navigation: boolean;
  readonly upgrade: boolean;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
}

/** A request that nobody should see: the status it is answered with. */
export interface Malformed {
  readonly status: 400 | 431;
}

/** Containers' servers take fewer than 128 headers in a WebSocket handshake, and hang on more. */
export const MAX_HEADERS = 100;

/** What a parser has read, node:http's or our own. */
export interface ReadHead extends Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'> {
  /** Of an upgrade, where it is not among the headers: they may be the same list as another upgrade's then. */
  readonly webSocketKey?: string | undefined;
}

export function readFacts(message: ReadHead, upgrade: boolean): RequestFacts | Malformed {
  const { headers, rawHeaders, method = 'GET' } = message;
  if (rawHeaders.length / 2 > MAX_HEADERS) return { status: 431 };
  const hosts = valuesOf(rawHeaders, 'host');
  const host = hosts.length === 1 && hosts[0] !== undefined ? parseHost(hosts[0]) : undefined;
  const target = host && originForm(message, host);
  if (!host || target === undefined || !hasPlainFraming(message)) return { status: 400 };
  return { method, host, target, path: plainPath(target), upgrade, navigation: !upgrade && isNavigation(message), origin: headers.origin, cookie: headers.cookie };
}

export const isMalformed = (read: object): read is Malformed => 'status' in read;

/** RFC 9112 §3.2: an absolute target must name the same host as the Host header. */
function originForm({ method, url = '' }: ReadHead, host: Host): string | undefined {
  if (url.startsWith('/') || (url === '*' && method === 'OPTIONS')) return url;
  const absolute = /^https?:\/\/([^/?#]+)(\/[^#]*)?$/i.exec(url);
  const named = absolute?.[1] === undefined ? undefined : parseHost(absolute[1]);
  return named?.name === host.name && named.port === host.port ? (absolute?.[2] ?? '/') : undefined;
}

/** Node's parser still takes `Transfer-Encoding: identity, chunked`, which others read differently. */
function hasPlainFraming({ rawHeaders }: ReadHead): boolean {
  const encodings = valuesOf(rawHeaders, 'transfer-encoding');
  return encodings.length === 0 || (encodings.length === 1 && encodings[0]?.toLowerCase() === 'chunked');
}

function isNavigation({ method, headers }: ReadHead): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const destination = headers['sec-fetch-dest'];
  if (destination !== undefined) return destination === 'document' || destination === 'iframe' || destination === 'frame';
  return headers['sec-fetch-mode'] === 'navigate' || (headers.accept?.includes('text/html') ?? false);
}
