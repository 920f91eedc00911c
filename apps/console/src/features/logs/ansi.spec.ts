import { describe, expect, it } from 'vitest';
import { parseAnsi, plainText } from './ansi.ts';

const ESC = '\u001b';

describe('a line with ANSI escapes', () => {
  it('keeps colours and weights, and ends them where they end', () => {
    const spans = parseAnsi(`${ESC}[1;31merror${ESC}[0m: no ${ESC}[92mluck`);
    expect(spans.map(({ text, colour, bold }) => [text, colour, bold])).toEqual([
      ['error', 1, true],
      [': no ', null, false],
      ['luck', 2, false],
    ]);
  });

  it('reads the named of the 256 colours and skips the others with their parameters', () => {
    expect(parseAnsi(`${ESC}[38;5;4mblue${ESC}[38;2;1;2;3mtrue${ESC}[48;5;1mback`).map(({ text, colour }) => [text, colour])).toEqual([
      ['blue', 4],
      ['true', 4],
      ['back', 4],
    ]);
  });

  it('acts on nothing else: cursor moves, titles, links and bells leave no trace', () => {
    expect(plainText(`a${ESC}[2J${ESC}[3;4Hb${ESC}]0;title\u0007c${ESC}]8;;http://x${ESC}\\d\u0007\u0000${ESC}Me`)).toBe('abcde');
  });

  it('leaves markup as the text it is', () => {
    expect(plainText('<script>alert(1)</script> & "x"')).toBe('<script>alert(1)</script> & "x"');
  });

  it('B14 shows words in the order in which they stand', () => {
    expect(plainText('evil\u202Egnp.exe\u2066a\u2069')).toBe('evilgnp.exea');
  });

  it('shows the last drawing of a redrawn line', () => {
    expect(plainText('10%\r50%\r100%\r')).toBe('100%');
  });

  it('keeps an escape that never ended from hiding the line', () => {
    expect(plainText(`${ESC}]0;never closed`)).toContain('never closed');
  });
});
