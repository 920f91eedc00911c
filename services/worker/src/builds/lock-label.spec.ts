import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { labelledLock, LOCK_LABEL, lockLabel } from './lock-label.ts';

const lock = Array.from({ length: 50 }, (_, index) => `package-${index}==1.0 --hash=sha256:${randomBytes(32).toString('hex')}`).join('\n');

describe("a lock as an image's label", () => {
  it('comes back as it was, also as earlier versions wrote it', () => {
    expect(labelledLock({ [LOCK_LABEL]: lockLabel(lock) })).toBe(lock);
    expect(labelledLock({ [LOCK_LABEL]: Buffer.from(lock).toString('base64') })).toBe(lock);
  });

  it('is not there where it is too long or was never written', () => {
    expect(labelledLock({ [LOCK_LABEL]: lockLabel(randomBytes(80_000).toString('hex')) })).toBeNull();
    expect(labelledLock({})).toBeNull();
    expect(labelledLock(undefined)).toBeNull();
  });

  it('that would fill the memory is not unpacked', () => {
    const bomb = gzipSync(Buffer.alloc(8_000_000)).toString('base64');
    expect(() => labelledLock({ [LOCK_LABEL]: bomb })).toThrow(RangeError);
  });
});
