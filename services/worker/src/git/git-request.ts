import { timingSafeEqual } from 'node:crypto';

/** What one request to the built-in remote is about. */
export interface GitRequest {
  /** As it stands in the address: an id or a hostname. */
  readonly app: string;
  readonly path: '/info/refs' | '/git-upload-pack' | '/git-receive-pack';
  readonly query: string;
  readonly write: boolean;
}

const ADDRESS = /^\/git\/([a-z0-9][a-z0-9_-]{0,79})(?:\.git)?(\/info\/refs|\/git-upload-pack|\/git-receive-pack)$/;

/** Reads the address; `undefined` for anything but smart HTTP, which is all that is served. */
export function parseGitRequest(method: string, url: string): GitRequest | undefined {
  const [pathname = '', query = ''] = url.split('?', 2);
  const [, app, path] = ADDRESS.exec(pathname) ?? [];
  if (!app || !path) return undefined;
  if (path === '/info/refs') {
    const service = /^service=(git-upload-pack|git-receive-pack)$/.exec(query)?.[1];
    return method === 'GET' && service ? { app, path, query, write: service === 'git-receive-pack' } : undefined;
  }
  return method === 'POST' && query === '' ? { app, path: path as GitRequest['path'], query: '', write: path === '/git-receive-pack' } : undefined;
}

/** The password of Basic authentication, which is an API token; the user's name is not looked at. */
export function basicPassword(header: string | undefined): string | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  const text = encoded && Buffer.from(encoded, 'base64').toString('utf8');
  const at = text?.indexOf(':') ?? -1;
  const password = text && at >= 0 ? text.slice(at + 1) : '';
  return password.length >= 8 && password.length <= 500 ? password : undefined;
}

/** Whether a request carries the installation's own token. */
export function isBearer(header: string | undefined, token: string): boolean {
  const [given, expected] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
