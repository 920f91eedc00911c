import type { IncomingHttpHeaders } from 'node:http';
import { readFieldLines } from './field-lines.ts';
import { ruleOf } from './headers.ts';
import { MAX_HEADERS, type ReadHead } from './request-facts.ts';
import { unshared } from './unshared.ts';

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

  const block = text.slice(lineEnd + 2);
  const known = block.includes(BROWSERS_KEY) ? undefined : KNOWN.get(block);
  const upgrade = known || method !== 'GET' ? undefined : readUpgrade(block);
  const fields = known ?? upgrade?.fields ?? fieldsOf(block);
  if (!fields) return undefined;
  const { rawHeaders, headers, bodyBytes, connection } = fields;
  const plain = connection === undefined || CONNECTIONS.has(connection);
  const webSocket = method === 'GET' && fields.isUpgrade;
  if (webSocket || (plain && headers.upgrade === undefined)) return { method, url, rawHeaders, headers, bodyBytes, webSocket, webSocketKey: upgrade?.key, keepAlive: connection !== 'close' };
  return undefined;
}

/** A head but for its first line. */
interface Fields {
  readonly rawHeaders: string[];
  readonly headers: IncomingHttpHeaders;
  readonly bodyBytes: number;
  /** Lower case. */
  readonly connection: string | undefined;
  /** Asks for a WebSocket, if the method is GET. */
  readonly isUpgrade: boolean;
}

/** A browser's requests differ in little but their first line. A bound, because strangers choose the rest. */
const KNOWN = new Map<string, Fields>();
const MOST_KNOWN = 500;
const LONGEST_KNOWN = 4_096;
/** A WebSocket's key is random: 16 bytes in base64 (RFC 6455 §4.1). */
const KEY_LINE = /\r\nsec-websocket-key: ?([A-Za-z0-9+/]{22}==)\r\n/gi;
/** How browsers begin that line, by which it is found sooner. */
const BROWSERS_KEY = '\r\nSec-WebSocket-Key: ';
const KEY_NAME = /(?:^|\n)sec-websocket-key:/i;

/** An upgrade as browsers send it, whose fields are kept without the key: all else is the same each time. */
function readUpgrade(block: string): { readonly fields: Fields; readonly key: string } | undefined {
  KEY_LINE.lastIndex = Math.max(0, block.indexOf(BROWSERS_KEY));
  const line = KEY_LINE.exec(block);
  if (line?.[1] === undefined) return undefined;
  const rest = block.slice(0, line.index) + block.slice(line.index + line[0].length - 2);
  const fields = fieldsOf(rest);
  return fields?.isUpgrade && fields.headers['sec-websocket-key'] === undefined ? { fields, key: line[1] } : undefined;
}

function fieldsOf(block: string): Fields | undefined {
  const known = KNOWN.get(block);
  if (known) return known;
  if (block.length > LONGEST_KNOWN || KEY_NAME.test(block)) return readFields(block);
  const own = unshared(block);
  const fields = readFields(own);
  if (!fields) return undefined;
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(own, fields);
  return fields;
}

function readFields(text: string): Fields | undefined {
  const rawHeaders = readFieldLines(text, 0);
  const headers = rawHeaders && dictionary(rawHeaders);
  if (!rawHeaders || !headers || headers.host === undefined) return undefined;
  if (LEFT_TO_NODE.some((name) => headers[name] !== undefined)) return undefined;
  const bodyBytes = lengthOf(headers['content-length']);
  if (bodyBytes === undefined) return undefined;
  const connection = headers.connection?.toLowerCase();
  const isUpgrade = bodyBytes === 0 && connection !== undefined && UPGRADES.has(connection) && headers.upgrade?.toLowerCase() === 'websocket' && headers['sec-websocket-version'] === '13';
  return { rawHeaders, headers, bodyBytes, connection, isUpgrade };
}

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
