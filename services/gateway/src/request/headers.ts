import { confinedSetCookie, withoutPlatformCookies } from './cookies.ts';
import { unshared } from './unshared.ts';

/** RFC 9110 §7.6.1, and `Proxy` (httpoxy). A client's `Connection: X-Name` is not obeyed: it could name ours. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'http2-settings']);

/** Names by which servers and frameworks learn who is asking and from where. Only the gateway may say that. */
const IDENTITY = /^(?:x-weir|x-forwarded|x-real-ip|x-client-ip|x-original-url|x-rewrite-url|x-streamlit|x-auth|x-sp-|x-middleware|x-remote-|x-cluster-client-ip|true-client-ip|cf-connecting-ip|remote-user|forwarded)/;

/** WSGI and others fold `-`, `_` and `.` into one character, so `X_Weir_User` would become `X-Weir-User`. */
const FOLDABLE = /[_.]/;

/** Headers of an answer that speak for the server, or reach beyond the app's own host; with the last a service worker could own `/_weir`. */
const NOT_FOR_BROWSERS = new Set(['server', 'x-powered-by', 'clear-site-data', 'alt-svc', 'service-worker-allowed']);

export interface Forwarded {
  readonly address: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
}

/** What kind of upstream it is: apps are strangers, our own processes are not. */
export type Audience = 'app' | 'platform';

interface NameRule {
  readonly lower: string;
  readonly forUpstreams: boolean;
  readonly forBrowsers: boolean;
}

/** Names repeat from request to request; a bound, because strangers choose them. */
const RULES = new Map<string, NameRule>();
const MOST_RULES = 1_000;
const LONGEST_NAME = 64;

/** What is known of a header's name. */
export function ruleOf(name: string): NameRule {
  const known = RULES.get(name);
  if (known) return known;
  const lower = name.toLowerCase();
  const passes = !HOP_BY_HOP.has(lower);
  const rule = { lower, forUpstreams: passes && !FOLDABLE.test(lower) && !IDENTITY.test(lower), forBrowsers: passes && !NOT_FOR_BROWSERS.has(lower) };
  if (name.length > LONGEST_NAME) return rule;
  if (RULES.size >= MOST_RULES) RULES.clear();
  RULES.set(unshared(name), { ...rule, lower: unshared(lower) });
  return rule;
}

/** The headers an upstream gets, as a flat list of names and values in the order they came. */
export function requestHeaders(rawHeaders: readonly string[], audience: Audience, forwarded: Forwarded): string[] {
  const out: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    const { lower, forUpstreams } = ruleOf(name);
    if (!forUpstreams) continue;
    const value = rawHeaders[i + 1] ?? '';
    const sent = audience === 'app' && lower === 'cookie' ? withoutPlatformCookies(value) : value;
    if (sent !== undefined) out.push(name, sent);
  }
  out.push('X-Forwarded-For', forwarded.address, 'X-Forwarded-Proto', forwarded.scheme, 'X-Forwarded-Host', forwarded.host);
  return out;
}

interface Sent extends Forwarded {
  readonly audience: Audience;
  readonly headers: readonly string[];
}

/** What was sent of these fields last: the reader gives the same list for the same fields. */
const SENT = new WeakMap<readonly string[], Sent>();

/** The same for fields that may come again and again: with a WebSocket's key among them they never do. */
export function repeatedHeaders(rawHeaders: readonly string[], audience: Audience, forwarded: Forwarded): readonly string[] {
  const { address, scheme, host } = forwarded;
  const sent = SENT.get(rawHeaders);
  if (sent && sent.audience === audience && sent.address === address && sent.scheme === scheme && sent.host === host) return sent.headers;
  const headers = requestHeaders(rawHeaders, audience, forwarded);
  SENT.set(rawHeaders, { audience, address, scheme, host, headers });
  return headers;
}

/** The headers a browser gets. */
export function answerHeaders(rawHeaders: readonly string[], audience: Audience): string[] {
  const out: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    const { lower, forBrowsers } = ruleOf(name);
    if (!forBrowsers) continue;
    const value = rawHeaders[i + 1] ?? '';
    const sent = audience === 'app' && lower === 'set-cookie' ? confinedSetCookie(value) : value;
    if (sent !== undefined) out.push(name, sent);
  }
  return out;
}
