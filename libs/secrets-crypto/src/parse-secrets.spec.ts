import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseSecrets, pythonFloat, SecretsProblem } from './index.ts';

const problemOf = (toml: string): SecretsProblem => {
  try {
    parseSecrets(toml);
  } catch (error) {
    if (error instanceof SecretsProblem) return error;
  }
  throw new Error('this was accepted');
};

describe('secrets in TOML', () => {
  it('are named by their top-level keys', () => {
    expect(parseSecrets('a = 1\n[db]\nuser = "u"\n[connections.x]\ny = 2\n').names).toEqual(['a', 'db', 'connections']);
  });

  it('export the strings and numbers of the root, and nothing else', () => {
    const { environment } = parseSecrets('text = "né"\nint = 0x10\nbig = 9223372036854775807\nfloat = 1.0\nyes = true\nday = 2026-01-01\nlist = [1]\n[table]\nx = "y"\n');
    expect(environment).toEqual({ text: 'né', int: '16', big: '9223372036854775807', float: '1.0' });
  });

  it('do not export what no environment can hold', () => {
    expect(parseSecrets('"a=b" = "x"\nzero = "a\\u0000b"\n"" = "y"\n').environment).toEqual({});
  });

  it('mean the same after being written canonically', () => {
    const toml = 'i = 1\nf = 1.0\nbig = 9223372036854775807\nmulti = """a\nb"""\nday = 1979-05-27T07:32:00Z\nlocal = 1979-05-27\n"__proto__" = "p"\n[a.b]\nc = [1, 2]\n[[list]]\nx = inf\n';
    const once = parseSecrets(toml);
    const twice = parseSecrets(once.toml);
    expect(twice).toEqual(once);
    expect(once.toml).toMatch(/^f = 1\.0$/m);
    expect(once.toml).toMatch(/^i = 1$/m);
    expect(once.names).toContain('__proto__');
  });

  it.each([['a = "canary', 1], ['ok = 1\npassword = canary\n', 2], ['a = "canary"\na = "canary"\n', 2], ['[t]\ncanary', 2], ['a = canary = "b"', 1]])('that are malformed are refused with the place and not the value: %j', (toml, line) => {
    const problem = problemOf(toml);
    expect(problem).toMatchObject({ code: 'secrets.malformed', kind: 'invalid', line });
    expect(problem.publicMessage).toContain(`line ${line}, column ${problem.column}`);
    expect(inspect(problem, { depth: 10, showHidden: true })).not.toContain('canary"');
    expect(`${problem.message} ${problem.publicMessage}`).not.toContain('canary');
    expect(problem.cause).toBeUndefined();
  });

  it('may be empty', () => {
    expect(parseSecrets('')).toMatchObject({ names: [], environment: {} });
  });
});

describe('a float', () => {
  it.each([[1, '1.0'], [0.1, '0.1'], [1e16, '1e+16'], [123456789012345680, '1.2345678901234568e+17'], [1e15, '1000000000000000.0'], [0.0001, '0.0001'], [0.00012345, '0.00012345'], [1e-5, '1e-05'], [-2.5, '-2.5'], [-0.001, '-0.001'], [-0, '-0.0'], [0, '0.0'], [1.5e300, '1.5e+300'], [Infinity, 'inf'], [-Infinity, '-inf'], [NaN, 'nan']])('%d is written as Python writes it', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });
});
