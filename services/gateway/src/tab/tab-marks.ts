import { valueOf } from '../request/values-of.ts';
import type { RequestFacts } from '../request/request-facts.ts';

/** A WebSocket can have no header of a script's choice, so it says its tab in the query. */
const NAME = '_weir_tab=';
const PARAMETER = /([?&])_weir_tab=([^&#]*)&?/;

/** The token by which a tab says what it is bound to, as `tab.js` sends it. */
export function tabToken({ upgrade, target }: RequestFacts, rawHeaders: readonly string[]): string | undefined {
  if (!upgrade) return valueOf(rawHeaders, 'x-weir-tab');
  return target.includes(NAME) ? PARAMETER.exec(target)?.[2] : undefined;
}

/** The target an app gets: without our parameter. */
export function withoutTabToken(target: string): string {
  if (!target.includes(NAME)) return target;
  const [path = '', query = ''] = target.split(/\?(.*)/s, 2);
  const kept = query.split('&').filter((pair) => !pair.startsWith(NAME));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}
