import { credentialKey, type Warning } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { MOST_WARNINGS, unknownCredentials } from './unknown-credentials.ts';

const found = (path: string, line: number): Warning => ({ code: 'secret.committed', message: 'A GitHub token (ghp_…) is committed.', excerpt: null, place: { path, line } });
const seen = (...warnings: Warning[]): string[] => warnings.map(credentialKey);

describe('a committed credential', () => {
  it('is known where one of its kind was seen in its file, at whatever line', () => {
    expect(unknownCredentials([found('app.py', 8)], seen(found('app.py', 3)))).toEqual([]);
  });

  it('is not known in another file', () => {
    expect(unknownCredentials([found('app.py', 3), found('other.py', 1)], seen(found('app.py', 3)))).toEqual([found('other.py', 1)]);
  });

  it('is not known where it is one more than was seen', () => {
    expect(unknownCredentials([found('app.py', 3), found('app.py', 9)], seen(found('app.py', 3)))).toEqual([found('app.py', 9)]);
    expect(unknownCredentials([found('app.py', 3), found('app.py', 9)], seen(found('app.py', 2), found('app.py', 3)))).toEqual([]);
  });

  it('is told of once a line, so that a line is acknowledged as a whole', () => {
    expect(unknownCredentials([found('app.py', 3), found('app.py', 3)], seen(found('app.py', 3)))).toEqual([]);
  });

  it('is known by its kind alone where there were too many to tell of all', () => {
    const many = Array.from({ length: 60 }, (_, line) => found('keys.py', line));
    expect(unknownCredentials(many, seen(...many.slice(0, MOST_WARNINGS)))).toEqual([]);
  });
});
