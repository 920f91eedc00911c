import { valueOf } from './values-of.ts';

/** Crawlers, link previews and uptime monitors that say what they are. */
const BOT = /(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|embedly|monitor|pingdom|statuscake|healthcheck|kube-probe|googlehc|curl\/|wget|python-requests|go-http-client|lighthouse/i;

/** By which browsers say that nobody has asked yet: today's, and those of WebKit and Firefox before. */
const PURPOSES = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

/** Whether a person waits for the answer, as far as that can be told: not a bot, and not a browser that only guesses ahead. */
export function isPerson(method: string, rawHeaders: readonly string[]): boolean {
  if (method === 'HEAD') return false;
  return !PURPOSES.some((name) => valueOf(rawHeaders, name)?.includes('prefetch')) && !BOT.test(valueOf(rawHeaders, 'user-agent') ?? '');
}
