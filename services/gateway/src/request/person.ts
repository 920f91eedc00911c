import type { RequestFacts } from './request-facts.ts';
import { valueOf } from './values-of.ts';

/** Crawlers, link previews, monitors and health checkers that say what they are: none waits, whatever it asks for. */
const BOT = /(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|embedly|monitor|uptime|pingdom|statuscake|blackbox.exporter|healthcheck|kube-probe|googlehc|lighthouse/i;

/** What scripts ask with, and people by hand: they say so by asking for a document, as a browser does. */
const TOOL = /curl\/|wget|python-requests|go-http-client/i;

/** By which browsers say that nobody has asked yet: today's, and those of WebKit and Firefox before. */
const PURPOSES = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

/** Whether a person waits for the answer, as far as that can be told: not a bot or a script, nor a browser that only guesses ahead. */
export function isPerson({ method, navigation }: Pick<RequestFacts, 'method' | 'navigation'>, rawHeaders: readonly string[]): boolean {
  if (method === 'HEAD' || PURPOSES.some((name) => valueOf(rawHeaders, name)?.includes('prefetch'))) return false;
  const agent = valueOf(rawHeaders, 'user-agent') ?? '';
  return !BOT.test(agent) && (navigation || !TOOL.test(agent));
}
