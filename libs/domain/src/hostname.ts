const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Names the platform keeps for itself, or that people would take for the platform. */
const RESERVED = new Set(['console', 'api', 'www', 'admin', 'git', 'live', 'gateway', 'weir', 'status', 'mail', 'docs', 'auth', 'login', 'localhost', 'static']);

export type HostnameProblem = 'malformed' | 'reserved' | 'punycode';

/** Why `text` cannot be an app's hostname (one DNS label, RFC 1035), or `undefined` if it can. */
export function hostnameProblem(text: string): HostnameProblem | undefined {
  if (!LABEL.test(text)) return 'malformed';
  if (text.startsWith('xn--')) return 'punycode';
  return RESERVED.has(text) ? 'reserved' : undefined;
}

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?$/i;

/** Whether apps can be found below `text`: a name that browsers can ask for, perhaps with a port. */
export const isAppsDomain = (text: string): boolean => DOMAIN.test(text);

/** A hostname made from a repository's URL or a folder's path: its last part, lower-cased, other characters to `-`. */
export function hostnameFrom(path: string): string {
  const last = path.replace(/[/\\]+$/, '').split(/[/\\:]/).at(-1) ?? '';
  return last
    .replace(/\.git$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
}
