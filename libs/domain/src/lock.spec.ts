import { describe, expect, it } from 'vitest';
import { lockedPackages, packageChanges } from './lock.ts';

describe('a lock', () => {
  it('names packages with their versions, and places of those that came from none', () => {
    const lock = 'altair==5.5.0\nTyping_Extensions==4.15.0\nmine @ git+https://git.example.org/mine.git@abc\n-e file:///app\n# note\n\r\n';
    expect(lockedPackages(lock)).toEqual([
      { name: 'altair', version: '5.5.0' },
      { name: 'typing-extensions', version: '4.15.0' },
      { name: 'mine', version: 'git+https://git.example.org/mine.git@abc' },
    ]);
  });

  it('names the same packages with hashes as without', () => {
    expect(packageChanges('a==1\nb==2', 'a==1 --hash=sha256:00 --hash=sha256:ff\nb==2')).toEqual([]);
  });

  it('differs from another by what was added, removed and changed', () => {
    expect(packageChanges('a==1\nb==1\nc==1', 'c==1\nb==2\nd==1')).toEqual([
      { name: 'a', from: '1', to: null },
      { name: 'b', from: '1', to: '2' },
      { name: 'd', from: null, to: '1' },
    ]);
  });

  it('does not differ by order or by how a name is written', () => {
    expect(packageChanges('A_b==1\nc==2', 'c==2\na-b==1')).toEqual([]);
  });
});
