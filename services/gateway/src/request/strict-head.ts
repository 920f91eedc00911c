import type { IncomingHttpHeaders } from 'node:http';
import { readFieldLines } from './field-lines.ts';
import { ruleOf } from './headers.ts';
import { MAX_HEADERS, type ReadHead } from './request-facts.ts';

/** The head of a request of the plainest form, which every server reads in the same way. */
export interface StrictHead extends ReadHead {
  readonly method: string;
  readonly url: string;
  /** Of the body, which is never chunked; 0 for none. */
  readonly bodyBytes: number;
  /** The client wants this connection to go on. */
  readonly keepAlive: boolean;
  /** Asks for a WebSocket (RFC 6455 §4.1), without a body. */
  readonly webSocket: boolean;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const VERSION = ' HTTP/1.1';

/** Headers that change what follows the head, or who answers first. */
const LEFT_TO_NODE = ['transfer-encoding', 'expect', 'proxy-connection'];

const CONNECTIONS = new Set(['keep-alive', 'close']);
const UPGRADES = new Set(['upgrade', 'keep-alive, upgrade']);

/**
 * Reads a request's head, of which `text` (Latin-1) is all but the empty line at its end.
 *
 * Nothing in it may be read in two ways: a known method, an origin-form target, HTTP/1.1, no header twice,
 * a body of plain length or none.
 *
 * @returns `undefined` for anything else, which a general parser is to judge
 */
export function readStrictHead(text: string): StrictHead | undefined {
  const lineEnd = text.indexOf('\r\n');
  const space = text.indexOf(' ');
  const method = text.slice(0, Math.max(space, 0));
  if (!METHODS.has(method) || !text.startsWith(VERSION, lineEnd - VERSION.length)) return undefined;
  const url = text.slice(space + 1, lineEnd - VERSION.length);
  if (!isOriginForm(url)) return undefined;

  const rawHeaders = readFieldLines(text, lineEnd + 2);
  const headers = rawHeaders && dictionary(rawHeaders);
  if (!rawHeaders || !headers || headers.host === undefined) return undefined;
  if (LEFT_TO_NODE.some((name) => headers[name] !== undefined)) return undefined;
  const bodyBytes = lengthOf(headers['content-length']);
  if (bodyBytes === undefined) return undefined;

  const connection = headers.connection?.toLowerCase();
  const plain = connection === undefined || CONNECTIONS.has(connection);
  const webSocket = method === 'GET' && bodyBytes === 0 && connection !== undefined && UPGRADES.has(connection) && isWebSocket(headers);
  if (webSocket || (plain && headers.upgrade === undefined)) return { method, url, rawHeaders, headers, bodyBytes, webSocket, keepAlive: connection !== 'close' };
  return undefined;
}

const isWebSocket = (headers: IncomingHttpHeaders): boolean => headers.upgrade?.toLowerCase() === 'websocket' && headers['sec-websocket-version'] === '13';

const [SLASH, HASH, FIRST_VISIBLE, LAST_VISIBLE] = [47, 35, 33, 126];

/** Path and query. A fragment has no place in a request (RFC 9112 §3.2). */
function isOriginForm(target: string): boolean {
  if (target.charCodeAt(0) !== SLASH) return false;
  for (let i = 1; i < target.length; i++) {
    const code = target.charCodeAt(i);
    if (code < FIRST_VISIBLE || code > LAST_VISIBLE || code === HASH) return false;
  }
  return true;
}

/** Values by lower-case name; `undefined` if a name comes twice or there are too many. */
function dictionary(rawHeaders: readonly string[]): IncomingHttpHeaders | undefined {
  if (rawHeaders.length / 2 > MAX_HEADERS) return undefined;
  const headers = Object.create(null) as IncomingHttpHeaders;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const { lower: name } = ruleOf(rawHeaders[i] ?? '');
    if (headers[name] !== undefined) return undefined;
    headers[name] = rawHeaders[i + 1];
  }
  return headers;
}

const MOST_DIGITS = 15;

function lengthOf(value: string | undefined): number | undefined {
  if (value === undefined) return 0;
  return value.length <= MOST_DIGITS && /^\d+$/.test(value) ? Number(value) : undefined;
}
