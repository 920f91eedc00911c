import { isIP } from 'node:net';

/** What a proxy said before the first byte of its client (PROXY protocol, versions 1 and 2). */
export interface ProxyHeader {
  /** Bytes it takes; what follows is the client's. */
  readonly length: number;
  /** The client's address; none when the proxy speaks for itself, as in its health checks. */
  readonly source: string | undefined;
}

const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const V1_PREFIX = Buffer.from('PROXY ');
/** With `\r\n`; the specification's own bound. */
const V1_MAX_BYTES = 107;
const V2_HEAD_BYTES = 16;
/** Addresses take 36 bytes at most; the rest are optional fields, which nobody here reads. */
const V2_MAX_BYTES = 4096;
const LOCAL = 0x20;
const PROXY = 0x21;
const INET_STREAM = 0x11;
const INET6_STREAM = 0x21;
/** `::ffff:1.2.3.4` as URLs have it. */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/** Reads what has arrived so far. */
export function readProxyHeader(bytes: Buffer): ProxyHeader | 'partial' | 'malformed' {
  if (startsLike(bytes, SIGNATURE)) return readV2(bytes);
  return startsLike(bytes, V1_PREFIX) ? readV1(bytes) : 'malformed';
}

function startsLike(bytes: Buffer, prefix: Buffer): boolean {
  const length = Math.min(bytes.length, prefix.length);
  return bytes.subarray(0, length).equals(prefix.subarray(0, length));
}

function readV1(bytes: Buffer): ProxyHeader | 'partial' | 'malformed' {
  const end = bytes.subarray(0, V1_MAX_BYTES).indexOf('\r\n');
  if (end === -1) return bytes.length < V1_MAX_BYTES ? 'partial' : 'malformed';
  const length = end + 2;
  const [, family, source = '', destination = '', ...ports] = bytes.toString('latin1', 0, end).split(' ');
  if (family === 'UNKNOWN') return { length, source: undefined };
  const version = family === 'TCP4' ? 4 : family === 'TCP6' ? 6 : undefined;
  const isWell = version !== undefined && isIP(source) === version && isIP(destination) === version && ports.length === 2 && ports.every(isPort);
  return isWell ? { length, source: version === 6 ? plainIpv6(source) : source } : 'malformed';
}

const isPort = (text: string): boolean => /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;

function readV2(bytes: Buffer): ProxyHeader | 'partial' | 'malformed' {
  if (bytes.length < V2_HEAD_BYTES) return 'partial';
  const [command, family, size] = [bytes[12], bytes[13], bytes.readUInt16BE(14)];
  const length = V2_HEAD_BYTES + size;
  if ((command !== LOCAL && command !== PROXY) || length > V2_MAX_BYTES) return 'malformed';
  if (bytes.length < length) return 'partial';
  if (command === LOCAL) return { length, source: undefined };
  if (family === INET_STREAM && size >= 12) return { length, source: bytes.subarray(16, 20).join('.') };
  if (family === INET6_STREAM && size >= 36) return { length, source: ipv6(bytes.subarray(16, 32)) };
  return family === 0 ? { length, source: undefined } : 'malformed';
}

function ipv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16));
  return plainIpv6(groups.join(':'));
}

/**
 * In the form that the kernel's own addresses have, and of an IPv4 address that is mapped into IPv6 (RFC 4291 §2.5.5.2) that
 * address: a proxy that listens on both speaks so of every client, and all of them would count as one /64.
 */
function plainIpv6(text: string): string {
  if (text.includes('%')) return text; // of one link: it is mapped to nothing, and no URL has one
  const address = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(address) ?? [];
  return high === undefined || low === undefined ? address : [high, low].map((group) => Number.parseInt(group, 16)).flatMap((group) => [group >> 8, group & 255]).join('.');
}
