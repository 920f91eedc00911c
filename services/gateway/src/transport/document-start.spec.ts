import { describe, expect, it } from 'vitest';
import { ChunkCursor } from './chunk-cursor.ts';
import { DocumentStart } from './document-start.ts';
import { readChunks } from './read-chunks.ts';

const HTML = Buffer.from('<i>');
const DOCUMENT = `<html><head><title>x</title></head>${'y'.repeat(40)}`;
const INSERTED = DOCUMENT.replace('<head>', '<head><i>');

/** In chunks of `size` bytes. */
const chunked = (text: string, size: number): string => `${text.replace(new RegExp(`[^]{1,${size}}`, 'g'), (part) => `${part.length.toString(16)}\r\n${part}\r\n`)}0\r\n\r\n`;

/** What is passed on of bytes that come in two pieces. */
function pass(text: string, cut: number, framing: 'length' | 'chunked'): string {
  const start = new DocumentStart(framing, HTML);
  const [first, second] = [Buffer.from(text.slice(0, cut)), Buffer.from(text.slice(cut))];
  const begun = start.add(first, false);
  return begun ? `${begun.bytes}${second}` : `${start.add(second, true)?.bytes}`;
}

describe('the start of a document', () => {
  it.each([1, 3, 8, 20, 500])('gets the insertion in chunks of %i bytes, wherever it is cut', (size) => {
    const text = chunked(DOCUMENT, size);
    for (let cut = 0; cut <= text.length; cut++) {
      const bytes = Buffer.from(pass(text, cut, 'chunked'));
      const cursor = new ChunkCursor();
      expect([cursor.advance(bytes), cursor.isOver]).toEqual([bytes.length, true]);
      expect(readChunks(bytes).data.toString()).toBe(INSERTED);
    }
  });

  it('gets it in one piece as well, wherever that is cut', () => {
    for (let cut = 0; cut <= DOCUMENT.length; cut++) expect(pass(DOCUMENT, cut, 'length')).toBe(INSERTED);
  });

  it('is passed on as it came when it has no head within its first bytes', () => {
    expect(new DocumentStart('length', HTML).add(Buffer.from('<p>'), false)).toBeUndefined();
    expect(new DocumentStart('length', HTML).add(Buffer.from('<p>'), true)).toEqual({ bytes: Buffer.from('<p>'), added: 0 });
    const long = Buffer.alloc(20_000, 'x');
    expect(new DocumentStart('length', HTML).add(long, false)).toEqual({ bytes: long, added: 0 });
  });
});
