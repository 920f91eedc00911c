import { describe, expect, it } from 'vitest';
import { fromIndexes, hashedLock } from './hashed-lock.ts';

const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const FROZEN = 'Altair==5.5.0\n-e file:///app\nmine @ git+https://git.example.org/mine.git@abc\nplain==1\ntorch==2.5+cpu';
const PYLOCK = `[[packages]]
name = "altair"
version = "5.5.0"
sdist = { url = "https://i/a.tar.gz", hashes = { sha256 = "${C}" } }
wheels = [{ url = "https://i/a.whl", hashes = { sha256 = "${A}" } }, { url = "https://i/b.whl", hashes = { sha256 = "${B}" } }]

[[packages]]
name = "torch"
version = "2.5+cpu"
sdist = { url = "https://i/t.tar.gz", hashes = { sha256 = "${C}" } }

[[packages]]
name = "plain"
version = "2"
wheels = [{ url = "https://i/p.whl", hashes = { sha256 = "${A}" } }]
`;

describe('a lock with hashes', () => {
  it('has those of the wheels, of the source where there is no wheel, and of no other version', () => {
    expect(hashedLock(FROZEN, PYLOCK).split('\n')).toEqual([
      `Altair==5.5.0 --hash=sha256:${A} --hash=sha256:${B}`, '-e file:///app', 'mine @ git+https://git.example.org/mine.git@abc', 'plain==1', `torch==2.5+cpu --hash=sha256:${C}`,
    ]);
  });

  it('asks the index only for what came from one', () => {
    expect(fromIndexes(FROZEN)).toBe('Altair==5.5.0\nplain==1\ntorch==2.5+cpu');
  });

  it('takes nothing for a hash that is none', () => {
    expect(hashedLock('a==1', '[[packages]]\nname = "a"\nversion = "1"\nwheels = [{ hashes = { sha256 = "x --index-url https://evil" } }, 3]')).toBe('a==1');
  });
});
