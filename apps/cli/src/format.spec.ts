import { describe, expect, it } from 'vitest';
import { ago, duration, printable, table } from './format.ts';

describe('what people read', () => {
  it('is aligned in columns', () => {
    expect(table(['NAME', 'URL'], [['a', 'x'], ['longer', '']])).toBe('NAME    URL\na       x\nlonger');
  });

  it.each([[300, '0.3 s'], [12_340, '12.3 s'], [125_000, '2 min 5 s']])('tells %d ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([[10_000, 'just now'], [300_000, '5 min ago'], [7_200_000, '2 h ago'], [259_200_000, '3 d ago']])('tells a time %d ms ago as %s', (ms, text) => {
    expect(ago(new Date(1e12).toISOString(), 1e12 + ms)).toBe(text);
  });

  it('never holds what could steer a terminal', () => {
    expect(printable('a\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J\r\u0008\tb\u202E\nc')).toBe('ared\tb\nc');
  });
});
