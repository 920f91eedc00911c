import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DEFAULT_MIRROR = 'http://deb.debian.org/debian';
const ARCHIVE = /\/debian\/?$/;

/** URIs of the `deb` entries in apt sources of either syntax (sources.list(5)), in order. */
export function mirrorsIn(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return lines.flatMap((line) => {
    const oneLine = /^deb(?:\s+\[[^\]]*\])?\s+(\S+)/.exec(line);
    if (oneLine?.[1]) return [oneLine[1]];
    const field = /^URIs:\s*(.+)$/i.exec(line);
    return field?.[1] ? field[1].split(/\s+/) : [];
  });
}

/** The Debian mirror this host is configured to use, else Debian's own. */
export function hostMirror(root = '/etc/apt'): string {
  const parts = join(root, 'sources.list.d');
  const files = [join(root, 'sources.list'), ...(existsSync(parts) ? readdirSync(parts).sort().map((name) => join(parts, name)) : [])];
  const mirrors = files.filter((file) => /\.(list|sources)$/.test(file) && existsSync(file)).flatMap((file) => mirrorsIn(readFileSync(file, 'utf8')));
  return (mirrors.find((uri) => /^https?:/.test(uri) && ARCHIVE.test(uri)) ?? DEFAULT_MIRROR).replace(/\/$/, '');
}

/** A `sources.list` for one suite, with its updates where the suite has them. */
export function sourcesList(mirror: string, suite: string): string {
  const suites = suite === 'sid' ? [suite] : [suite, `${suite}-updates`];
  return suites.map((name) => `deb ${mirror} ${name} main\n`).join('');
}
