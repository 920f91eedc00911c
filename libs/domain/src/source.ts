/** Where an app's code comes from. `builtin` is Weir's own Git remote at `/git/<app>.git`. */
export type Source = GitSource | BuiltinSource;

interface SourceSettings {
  /** The branch, or `null` for the one the repository's HEAD names. */
  readonly branch: string | null;
  /** Path of the script from the repository's root, or `null` to choose one from what the repository has. */
  readonly entryFile: string | null;
}

export interface GitSource extends SourceSettings {
  readonly kind: 'git';
  readonly url: string;
}

export interface BuiltinSource extends SourceSettings {
  readonly kind: 'builtin';
  /** The example the remote starts with, if it was not pushed to. */
  readonly example: string | null;
}

const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Whether `text` can name a branch. Stricter than `git check-ref-format`, which
 * accepts a leading `-`, so that a branch can never be read as an option.
 */
export function isBranchName(text: string): boolean {
  if (text.length === 0 || text.length > 244 || text.startsWith('-') || text === '@') return false;
  if (CONTROL.test(text) || /[ ~^:?*[\\]|\.\.|@\{|\/\/|[;$`"'<>|&(){}!]/.test(text)) return false;
  return text.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock') && !part.endsWith('.') && !part.startsWith('-'));
}

/** Whether `text` is a path inside a repository: relative, no `..`, no control characters, a Python script; or the Dockerfile of the root, which says what is run. */
export function isEntryFile(text: string): boolean {
  if (text === 'Dockerfile') return true;
  if (text.length > 255 || !text.endsWith('.py') || CONTROL.test(text) || /[\\;$`"'<>|&]/.test(text)) return false;
  return text.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part !== '.git' && !part.startsWith('-'));
}

/** Whether `text` is a Python version a person may ask for. */
export const isPythonVersion = (text: string): boolean => /^3\.\d{1,2}$/.test(text);

export type GitUrlProblem = 'malformed' | 'scheme' | 'credentials' | 'host_not_allowed';

/**
 * Why `text` cannot be a repository's URL, or `undefined` if it can.
 *
 * `https` is open to all public hosts; `http` only to those the operator listed. Whether
 * a name leads to a private address is decided where it is dialled, on what it resolves to.
 *
 * @param allowedHosts `HOST` or `HOST:PORT`, as the operator gave them
 */
export function gitUrlProblem(text: string, allowedHosts: readonly string[]): GitUrlProblem | undefined {
  if (text.length > 2000 || /[\u0000-\u0020\u007f;$`"'<>|\\{}()*!^]/.test(text) || /\/\.\.(\/|$)/.test(text) || !/^https?:\/\/[a-z0-9[]/i.test(text)) {
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^https?:/i.test(text) ? 'scheme' : 'malformed';
  }
  const url = URL.parse(text);
  if (!url || url.hash || url.search) return 'malformed';
  if (url.username || url.password) return 'credentials';
  if (!isHost(url.hostname) || url.pathname === '/') return 'malformed';
  if (url.protocol === 'http:' && !isListedHost(url, allowedHosts)) return 'host_not_allowed';
  return undefined;
}

/** DNS names (RFC 1035 lengths) and literal addresses. */
const isHost = (text: string): boolean => text.length <= 253 && /^(\[[0-9a-f:.]+\]|[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?)$/i.test(text);

/** Whether the operator listed this URL's host, with its port or for any port. */
export function isListedHost(url: URL, allowedHosts: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const name = url.hostname.toLowerCase();
  return allowedHosts.some((host) => [name, `${name}:${port}`].includes(host.toLowerCase()));
}
