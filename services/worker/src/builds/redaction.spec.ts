import { describe, expect, it } from 'vitest';
import { Redaction, secretsIn } from './redaction.ts';

/** Put together, so that no tool that looks for keys finds one here. */
const SECRET = `pass/word+${'k7Q2mX9'}`;
const redaction = new Redaction([SECRET]);

describe('a secret in text', () => {
  it.each([
    ['as it is', SECRET],
    ['URL-encoded', encodeURIComponent(SECRET)],
    ['URL-encoded in small letters', encodeURIComponent(SECRET).replaceAll('%2F', '%2f').replaceAll('%2B', '%2b')],
    ['in base64', Buffer.from(SECRET).toString('base64').replaceAll('=', '')],
  ])('%s is masked', (_, form) => {
    expect(redaction.apply(`a ${form} b`)).toMatch(/^a \*\*\*.{0,2} b$/);
  });

  it.each(['u', 'us', 'use', 'user'])('is masked in the base64 of a header, after the user %s', (user) => {
    for (const alphabet of ['base64', 'base64url'] as const) {
      const masked = redaction.apply(Buffer.from(`${user}:${SECRET}:more`).toString(alphabet));
      expect(masked).toContain('***');
      expect(Buffer.from(masked.replace(/\*\*\*.*/, ''), 'base64').toString()).not.toContain(SECRET.slice(0, 3));
    }
  });

  it('is not looked for where it is too short to be one, and nothing is masked without any', () => {
    expect(new Redaction(['abc', '']).apply('abc')).toBe('abc');
  });

  it('is read from the address of a package index', () => {
    expect(secretsIn('https://bot:s%40cret-word@index.example/simple')).toEqual(['s%40cret-word', 's@cret-word']);
    expect(secretsIn('https://token-alone@index.example/simple')).toEqual(['token-alone', 'token-alone']);
    expect(secretsIn('https://pypi.org/simple')).toEqual([]);
  });
});
