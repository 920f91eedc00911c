import { createHash } from 'node:crypto';
import type { AppStatus } from '@weir/domain';

interface Page {
  readonly status: 403 | 404 | 413 | 429 | 502 | 503 | 504;
  readonly title: string;
  readonly text: string;
  /** Comes back by itself, after so many seconds. */
  readonly retrySeconds?: number;
  /** Stands where an app would, so it may be framed as the app may. */
  readonly frameable?: true;
}

/** Everything the gateway says in its own words. A page is never 200 and never cached. */
const PAGES = {
  starting: { status: 503, title: 'Starting', text: 'This app is starting. It opens here by itself in a moment.', retrySeconds: 2, frameable: true },
  waking: { status: 503, title: 'Waking up', text: 'This app was asleep and is waking up. It opens here by itself in a moment.', retrySeconds: 1, frameable: true },
  asleep: { status: 503, title: 'Asleep', text: 'This app is asleep. It wakes up when a person opens it.', frameable: true },
  'not-woken': { status: 503, title: 'Still asleep', text: 'This app is asleep and could not be woken. This page tries again by itself.', retrySeconds: 10, frameable: true },
  stopped: { status: 503, title: 'Stopped', text: 'This app was stopped by its owner.', frameable: true },
  crashed: { status: 503, title: 'Not running', text: 'This app has stopped working. Its owner can see why in the console.', retrySeconds: 30, frameable: true },
  'not-deployed': { status: 503, title: 'Not deployed', text: 'This app has no working version yet.', retrySeconds: 30, frameable: true },
  'bad-gateway': { status: 502, title: 'No answer', text: 'This app did not answer properly. Please try again.', frameable: true },
  'timed-out': { status: 504, title: 'Too slow', text: 'This app did not answer in time. Please try again.', frameable: true },
  'over-limit': { status: 429, title: 'Too many visitors', text: 'This app has more visitors than it may have at once. This page tries again by itself.', retrySeconds: 10, frameable: true },
  'too-large': { status: 413, title: 'Too large', text: 'This is larger than this app takes.', frameable: true },
  maintenance: { status: 503, title: 'Maintenance', text: 'This place is being worked on. It opens here by itself when that is done.', retrySeconds: 30, frameable: true },
  'not-found': { status: 404, title: 'Not found', text: 'There is no app here, or you may not open it.' },
  'no-such-path': { status: 404, title: 'Not found', text: 'There is nothing at this address.' },
  'foreign-origin': { status: 403, title: 'Forbidden', text: 'This connection was asked for by another site.' },
  'platform-starting': { status: 503, title: 'Starting', text: 'Weir is starting. It answers again in a moment.', retrySeconds: 2 },
} as const satisfies Record<string, Page>;

export type PageName = keyof typeof PAGES;

export const PAGE_NAMES = Object.keys(PAGES) as PageName[];

/** The page for an app that has no instance to send a visitor to. */
export function pageFor(status: AppStatus): PageName {
  if (status === 'stopped' || status === 'crashed' || status === 'asleep') return status;
  return status === 'new' || status === 'failed' || status === 'cancelled' ? 'not-deployed' : 'starting';
}

const STYLE = `:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:1.0625rem/1.6 system-ui,sans-serif;background:#fafaf9;color:#1c1917}main{max-width:28rem;padding:2rem}h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25}p{margin:0;color:#57534e}@media(prefers-color-scheme:dark){body{background:#1c1917;color:#fafaf9}p{color:#c7c2bd}}`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

function html({ title, text, retrySeconds }: Page): string {
  const refresh = retrySeconds === undefined ? '' : `<meta http-equiv="refresh" content="${retrySeconds}">`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">${refresh}<title>${title}</title><style>${STYLE}</style></head><body><main role="status"><h1>${title}</h1><p>${text}</p></main></body></html>\n`;
}

function headersOf(page: Page, type: string, length: number): Record<string, string | number> {
  const framing = page.frameable ? '' : "; frame-ancestors 'none'";
  return {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': length,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'${framing}`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...(page.retrySeconds === undefined ? {} : { 'Retry-After': page.retrySeconds }),
  };
}

/** A page in its two forms: for people, and one sentence for the scripts and tags of a page. */
const RENDERED = new Map(
  Object.entries<Page>(PAGES).map(([name, page]) => {
    const [document, sentence] = [Buffer.from(html(page)), Buffer.from(`${page.text}\n`)];
    return [name, { status: page.status, document, documentHeaders: headersOf(page, 'text/html', document.length), sentence, sentenceHeaders: headersOf(page, 'text/plain', sentence.length) }];
  }),
);

function rendered(name: PageName) {
  const page = RENDERED.get(name);
  if (!page) throw new Error(`no page ${name}`);
  return page;
}

/** What the gateway says itself, head and body. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
}

/** The not-found page has one form, so that its bytes tell nothing. */
export function pageAnswer(name: PageName, navigation: boolean): WholeAnswer {
  const { status, document, documentHeaders, sentence, sentenceHeaders } = rendered(name);
  return navigation || name === 'not-found' ? { status, headers: documentHeaders, body: document } : { status, headers: sentenceHeaders, body: sentence };
}

/** The status a refused upgrade is answered with. */
export const pageStatus = (name: PageName): number => PAGES[name].status;
