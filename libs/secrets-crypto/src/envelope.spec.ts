import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { DataKey, Envelope, fingerprint, KeyEncryptionKey, type Place, Unreadable } from './index.ts';

const place: Place = { workspace: 'wsp_1', app: 'app_1', name: 'secrets.toml', version: 3 };
const key = DataKey.generate();
const envelope = new Envelope(key);
const sealed = envelope.seal('password = "canary"', place);

describe('an envelope', () => {
  it('opens where it was sealed, and holds nothing readable', () => {
    expect(envelope.open(sealed, place)).toBe('password = "canary"');
    expect(sealed.toString('latin1')).not.toContain('canary');
    expect(envelope.open(envelope.seal('', place), place)).toBe('');
  });

  it('never makes the same ciphertext twice', () => {
    expect(envelope.seal('x', place)).not.toEqual(envelope.seal('x', place));
  });

  it('names the key it was sealed with', () => {
    expect(sealed.subarray(1, 5).toString('hex')).toBe(key.id);
  });

  it.each([['workspace', 'wsp_2'], ['app', 'app_2'], ['name', 'other'], ['version', 4]])('does not open in another %s', (part, value) => {
    expect(() => envelope.open(sealed, { ...place, [part]: value })).toThrow(Unreadable);
  });

  it('does not open with another key', () => {
    expect(() => new Envelope(DataKey.generate()).open(sealed, place)).toThrow('names another key');
  });

  it('does not open when shortened, at any length', () => {
    for (let length = 0; length < sealed.length; length++) expect(() => envelope.open(sealed.subarray(0, length), place)).toThrow(Unreadable);
  });

  it('refuses a short tag, even the right beginning of the right one', () => {
    expect(() => envelope.open(sealed.subarray(0, -12), place)).toThrow(Unreadable);
    const empty = envelope.seal('', place);
    for (const length of [4, 8, 12, 13, 14, 15]) expect(() => envelope.open(empty.subarray(0, empty.length - 16 + length), place)).toThrow('too short');
  });

  it('does not open with any bit of it changed', () => {
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => envelope.open(changed, place)).toThrow(Unreadable);
    }
  });

  it('refuses a place whose parts could be read as another place', () => {
    expect(() => envelope.seal('x', { ...place, app: 'a/b' })).toThrow(RangeError);
  });
});

describe('the key-encryption key', () => {
  const master = KeyEncryptionKey.fromBase64(`${Buffer.alloc(32, 7).toString('base64')}\n`);
  const wrapped = master.wrap(key, 'wsp_1');

  it('gives back the data key it wrapped, for the same workspace only', () => {
    expect(new Envelope(master.unwrap(wrapped, 'wsp_1')).open(sealed, place)).toContain('canary');
    expect(() => master.unwrap(wrapped, 'wsp_2')).toThrow(Unreadable);
    expect(() => master.unwrap(wrapped.subarray(0, -12), 'wsp_1')).toThrow(Unreadable);
  });

  it('is named in what it wrapped', () => {
    expect(KeyEncryptionKey.idIn(wrapped)).toBe(master.id);
    expect(() => new KeyEncryptionKey(Buffer.alloc(32, 8)).unwrap(wrapped, 'wsp_1')).toThrow('names another key');
  });

  it.each(['', 'c2hvcnQ=', 'x'.repeat(44), Buffer.alloc(31).toString('base64')])('refuses %j', (text) => {
    expect(() => KeyEncryptionKey.fromBase64(text)).toThrow(RangeError);
  });

  it('shows no key when it is printed', () => {
    expect(inspect(new DataKey(Buffer.from('k'.repeat(32))), { showHidden: true, depth: 5 })).not.toMatch(/kkk|6b 6b/);
    expect(JSON.stringify(new DataKey(Buffer.from('k'.repeat(32))))).not.toMatch(/a2tr|107/);
  });
});

describe('a fingerprint', () => {
  it('is the same for the same secret, and differs by name, value and key', () => {
    const one = fingerprint(key, 'a', 'bc');
    expect(fingerprint(key, 'a', 'bc')).toBe(one);
    expect(new Set([one, fingerprint(key, 'ab', 'c'), fingerprint(key, 'a', 'bd'), fingerprint(DataKey.generate(), 'a', 'bc')]).size).toBe(4);
  });
});
