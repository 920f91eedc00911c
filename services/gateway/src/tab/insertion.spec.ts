import { describe, expect, it } from 'vitest';
import { answerDocument, askForDocument, headStart, insertionOf } from './insertion.ts';

const insertion = insertionOf('<script src="/x.js"></script>');
const tag = `"abc.${insertion.mark}"`;

describe('a document that something is inserted into', () => {
  it('is asked for whole, plain, and as new unless the browser has it with this very insertion', () => {
    const headers = ['Accept', 'text/html', 'Accept-Encoding', 'br', 'Range', 'bytes=0-1', 'If-Modified-Since', 'x'];
    expect(askForDocument([...headers, 'If-None-Match', '"abc"'], insertion)).toEqual(['Accept', 'text/html']);
    expect(askForDocument([...headers, 'If-None-Match', `W/"0.other", ${tag}, W/${tag}`], insertion)).toEqual(['Accept', 'text/html', 'If-None-Match', '"abc", W/"abc"']);
  });

  it('has a length, a tag and a cache of its own', () => {
    const sent = ['Content-Length', '10', 'ETag', '"abc"', 'Last-Modified', 'x', 'Cache-Control', 'public', 'X-A', '1'];
    expect(answerDocument(sent, insertion, 29)).toEqual(['Content-Length', '39', 'ETag', tag, 'X-A', '1', 'Cache-Control', 'private, no-cache']);
    expect(answerDocument(['Content-Length', '10', 'Cache-Control', 'no-store'], insertion, undefined)).toEqual(['Cache-Control', 'no-store']);
  });

  it.each([['<!doctype html><head><title>', 21], ['<HTML><HEAD lang="de">\n', 22], ['<header>', -1], ['<p>', -1], ['', -1]])('begins its head in %s at %i', (html, start) => {
    expect(headStart(Buffer.from(html))).toBe(start);
  });
});
