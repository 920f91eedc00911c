import { describe, expect, it } from 'vitest';
import { mirrorsIn, sourcesList } from './apt-sources.ts';

describe('the mirrors in apt sources', () => {
  it('are found in one-line entries, with and without options', () => {
    expect(mirrorsIn('# deb http://no/debian x main\ndeb http://a/debian bookworm main\ndeb [arch=amd64 signed-by=/k] https://b/debian sid main\ndeb-src http://c/debian x main')).toEqual(['http://a/debian', 'https://b/debian']);
  });

  it('are found in deb822 stanzas', () => {
    expect(mirrorsIn('Types: deb\n# http://snapshot/debian\nURIs: http://a/debian http://b/debian\nSuites: bookworm\n')).toEqual(['http://a/debian', 'http://b/debian']);
  });
});

describe('a sources list', () => {
  it('names no updates for a suite that has none', () => {
    expect(sourcesList('http://a/debian', 'sid')).toBe('deb http://a/debian sid main\n');
  });
});
