import { describe, expect, it } from 'vitest';
import { blankStrings } from './blank-strings.ts';
import { neededPython } from './needed-python.ts';

const python = (source: string): string | undefined => neededPython(source)?.python;

describe('a script that older Pythons cannot read', () => {
  it.each([
    ['its own quotes inside an f-string', 'print(f"{d["a"]}")'],
    ['its own quotes inside an f-string of three', "print(f'''{d['''a''']}''')"],
    ['a backslash inside braces', String.raw`print(f"{'\n'.join(a)}")`],
    ['an f-string in an f-string with the same quotes', `print(f'{f'{x}'}')`],
    ['a line end inside braces', 'print(f"{\n  x\n}")'],
    ['a raw f-string with a backslash inside braces', String.raw`print(rf"\d{'\d'}")`],
    ['quotes in a field of a format', `f"{x:{d["w"]}}"`],
    ['a type statement', 'type Name = list[str]'],
    ['a generic function', 'def first[T](of: list[T]) -> T: ...'],
    ['a generic class', 'class Box[T]:\n  pass'],
    ['override', 'from typing import Any, override'],
  ])('needs 3.12 for %s', (_, source) => {
    expect(python(`import os\n${source}\n`)).toBe('3.12');
    expect(neededPython(`import os\n${source}\n`)?.line).toBe(2);
  });

  it.each([['an exception group', 'try:\n  pass\nexcept* ValueError:\n  pass'], ['tomllib', 'import tomllib'], ['UTC', 'from datetime import datetime, UTC']])('needs 3.11 for %s', (_, source) => {
    expect(python(source)).toBe('3.11');
  });

  it.each([
    ['a match statement', 'match command:\n  case "go":\n    pass'],
    ['an optional argument', 'def f(a: str | None = None): ...'],
    ['a union of built-in types', 'def f(a: int | str) -> list[str] | dict[str, int]: ...'],
    ['a union that is returned', 'def f(a) -> Frame | None:\n  return None'],
  ])('needs 3.10 for %s', (_, source) => {
    expect(python(source)).toBe('3.10');
  });
});

describe('a script that any Python can read', () => {
  it.each([
    ['other quotes inside an f-string', `print(f"{d['a']}", f'{d["b"]}', f"""{d["c"]}""")`],
    ['braces that stand for themselves', 'print(f"{{\'a\': "\n      f"{x!r:>{w}}}}")'],
    ['a backslash outside braces', String.raw`print(f"a\n{x}\t", f"\N{DEGREE SIGN}{x}", rf"\d+{x}")`],
    ['what looks like braces in a plain string', `print("{d["a"]}")`],
    ['an f-string of several lines', 'print(f"""\n{x}\n<a href="{y}">{z:,.2f}</a>\n""")'],
    ['types in comments and strings', '# a: str | None\nprint("type X = str", \'match x:\')\n"""\ntype Y = int\n"""'],
    ['unions that are never looked at', 'from __future__ import annotations\ndef f(a: str | None): ...'],
    ['masks of a frame', "df[(df.a > 1) | (df['b'] == None)]\nx |= None or 1"],
    ['variables called match, type and case', 'match = re.match(x)\ntype = "a"\ntype(x)\nmatch(a)\nprint(type [0])'],
    ['a fallback for older Pythons', 'try:\n    import tomllib\nexcept ImportError:\n    import tomli as tomllib'],
    ['a name that ends in f before a string', 'x = 1 if"a" else"{b["c"]}"'],
    ['quotes that never end', 'print(f"{\n"'.slice(0, 8)],
  ])('has %s', (_, source) => {
    expect(python(`${source}\n`)).toBeUndefined();
  });

  it('is read in time that grows with its length, whatever it holds', () => {
    const started = performance.now();
    for (const part of ['f"{', '"', "'", '{', 'f"{x:', '#', '\\', 'int|', '(', 'match x:\n', 'f"{f\'{', '{x:']) neededPython(`f"${part.repeat(60_000 / part.length)}`);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('keeps its lines when its strings are blanked', () => {
    expect(blankStrings('a = "x"  # y\nb = """1\n2"""\nc').code).toBe(`a =    ${' '.repeat(5)}\nb =     \n    \nc`);
  });
});
