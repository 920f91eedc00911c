/*
 * Cookies are edited as text, never parsed and written anew: Streamlit's `_streamlit_xsrf`
 * holds `|`, and any re-encoding of it makes uploads fail.
 */

const PLATFORM_COOKIE = /^\s*(?:__(?:host|secure)-weir|weir(?![a-z0-9]))/i;
const DOMAIN_ATTRIBUTE = /^\s*domain\s*(?:=|$)/i;

/** The Cookie header an app may see: without ours. `undefined` when nothing is left. */
export function withoutPlatformCookies(header: string): string | undefined {
  const pairs = header.split(';');
  const kept = pairs.filter((pair) => !PLATFORM_COOKIE.test(pair));
  if (kept.length === pairs.length) return header;
  const text = kept.join(';').trim();
  return text === '' ? undefined : text;
}

/** The Set-Cookie header an app may send: for its own host only, and never one of ours (`undefined`). */
export function confinedSetCookie(header: string): string | undefined {
  if (PLATFORM_COOKIE.test(header)) return undefined;
  const parts = header.split(';');
  const kept = parts.filter((part, i) => i === 0 || !DOMAIN_ATTRIBUTE.test(part));
  return kept.length === parts.length ? header : kept.join(';');
}

/** A cookie's value; none when it was sent twice, since only one of the two can be ours. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  let value: string | undefined;
  for (let start = 0; header !== undefined && start < header.length;) {
    const semicolon = header.indexOf(';', start);
    const end = semicolon === -1 ? header.length : semicolon;
    const pair = header.slice(start, end).trim();
    if (pair.startsWith(name) && pair[name.length] === '=') {
      if (value !== undefined) return undefined;
      value = pair.slice(name.length + 1);
    }
    start = end + 1;
  }
  return value;
}
