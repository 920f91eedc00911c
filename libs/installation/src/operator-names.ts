import { isAppsDomain } from '@weir/domain';
import { Refusal } from './refusal.ts';

/** What `WEIR_CONSOLE_URL` says: an origin; empty: none. @throws Refusal */
export function consoleUrlOf(text: string): string | null {
  if (text === '') return null;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) throw new Refusal('names.invalid', 'WEIR_CONSOLE_URL is not an address like https://weir.example.org: scheme, name and perhaps a port.');
  return url.origin;
}

/** What `WEIR_APPS_DOMAIN` says: a name, perhaps with a port; empty: none. @throws Refusal */
export function appsDomainOf(text: string): string | null {
  if (text === '') return null;
  if (!isAppsDomain(text)) throw new Refusal('names.invalid', 'WEIR_APPS_DOMAIN is not a name like apps.example.net, or NAME:PORT: no scheme, no path, no asterisk.');
  return text.toLowerCase();
}
