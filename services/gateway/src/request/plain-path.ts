/**
 * A target's path as apps' servers compare it: decoded once, without query, doubled slashes and slashes at its end.
 *
 * A line feed at its end goes too: `$` in Starlette's patterns matches before one.
 *
 * Only for decisions; what is forwarded is the target as it came.
 */
export function plainPath(target: string): string {
  const end = target.search(/[?#]/);
  const path = end === -1 ? target : target.slice(0, end);
  if (!/%|\/\/|.\/$/.test(path)) return path;
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
  return decoded.replace(/\n$/, '').replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
}
