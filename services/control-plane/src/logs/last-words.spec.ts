import { describe, expect, it } from 'vitest';
import { lastWords } from './last-words.ts';

describe('the last words of an app', () => {
  it('are a few lines, without empty ones around them', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
    expect(lastWords(lines)?.split('\n')).toEqual(lines.slice(-10));
    expect(lastWords(['', 'Traceback', '', '  boom', ''])).toBe('Traceback\n\n  boom');
    expect(lastWords([])).toBeNull();
    expect(lastWords(['', ' '])).toBeNull();
  });

  it('are plain text', () => {
    expect(lastWords(['\u001b[31mred\u001b[0m\u0007 \u202Eold\tend', '10 %\r20 %\r'])).toBe('red old\tend\n20 %');
  });

  it('are less than 2 KB, whole characters, and keep their end', () => {
    const words = lastWords(['first', 'é€😀'.repeat(400), 'MemoryError']) ?? '';
    expect(Buffer.byteLength(words)).toBeLessThan(2048);
    expect(words).toMatch(/^…[é€😀]+\nMemoryError$/u);
  });
});
