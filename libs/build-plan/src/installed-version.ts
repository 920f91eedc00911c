import { normalName } from './requirement-line.ts';

/** The version of a package in what `uv pip freeze` says, or `null`: it is not there, or came from a place instead of an index. */
export function installedVersion(lock: string, name: string): string | null {
  for (const line of lock.split('\n')) {
    const [, found = '', version] = /^([\w.-]+)==(\S+)$/.exec(line.trim()) ?? [];
    if (version !== undefined && normalName(found) === normalName(name)) return version;
  }
  return null;
}
