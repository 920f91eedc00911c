import { createHash } from 'node:crypto';

/** What is put into a document as the first thing of its head. */
export interface Insertion {
  readonly html: Buffer;
  /** Stands in entity tags for these bytes: a document with other ones is another document. */
  readonly mark: string;
}

export function insertionOf(html: string): Insertion {
  return { html: Buffer.from(html), mark: createHash('sha256').update(html).digest('base64url').slice(0, 12) };
}

/** Asked of an upstream, these would bring a part of the document, or one in a coding that cannot be inserted into. */
const NOT_ASKED = new Set(['accept-encoding', 'range', 'if-range', 'if-modified-since', 'if-none-match']);

/** The headers by which a document is asked for that something is inserted into. */
export function askForDocument(headers: readonly string[], { mark }: Insertion): string[] {
  const out: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const [name = '', value = ''] = [headers[i], headers[i + 1]];
    const lower = name.toLowerCase();
    if (!NOT_ASKED.has(lower)) out.push(name, value);
    else if (lower === 'if-none-match') {
      const known = unmarked(value, mark);
      if (known.length > 0) out.push(name, known.join(', '));
    }
  }
  return out;
}

/** Of the entity tags a browser knows, those that had this very insertion, as the upstream gave them. */
function unmarked(value: string, mark: string): string[] {
  const end = `.${mark}"`;
  return [...value.matchAll(/(?:W\/)?"[^"]*"/g)].map(([tag]) => tag).filter((tag) => tag.endsWith(end)).map((tag) => `${tag.slice(0, -end.length)}"`);
}

/** The headers of a document that had `added` bytes inserted; `undefined` where its length is not known. */
export function answerDocument(headers: readonly string[], { mark }: Insertion, added: number | undefined): string[] {
  const out: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const [name = '', value = ''] = [headers[i], headers[i + 1]];
    const lower = name.toLowerCase();
    if (lower === 'etag') out.push(name, value.replace(/"$/, `.${mark}"`));
    else if (lower === 'content-length' && added !== undefined) out.push(name, String(Number(value) + added));
    else if (lower === 'cache-control' && value.includes('no-store')) out.push(name, value);
    else if (!DROPPED.has(lower)) out.push(name, value);
  }
  // It names a tab's binding, which is nobody else's.
  return out.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'cache-control') ? out : [...out, 'Cache-Control', 'private, no-cache'];
}

const DROPPED = new Set(['cache-control', 'content-length', 'last-modified', 'accept-ranges', 'content-md5', 'digest', 'repr-digest', 'content-digest']);

/** Whether it is a whole document in no coding, or the news that the browser has one already. */
export function takesInsertion(status: number, contentType = '', contentEncoding = 'identity'): boolean {
  return status === 304 || (status === 200 && contentType.startsWith('text/html') && contentEncoding === 'identity');
}

/** So much of a document is searched. */
export const MOST_SEARCHED_BYTES = 16_384;

/** Where the head of a document begins, or -1. */
export function headStart(bytes: Buffer): number {
  const match = /<head(?:\s[^>]*)?>/i.exec(bytes.toString('latin1', 0, MOST_SEARCHED_BYTES));
  return match ? match.index + match[0].length : -1;
}
