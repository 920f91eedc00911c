import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../../../', import.meta.url);
const worker = new URL('services/worker/src/', root);
const read = (url: URL): string => readFileSync(url, 'utf8');
const page = read(new URL('docs/build-sandbox.md', root)).split('\n');
const rowOf = (row: string): string => page.find((line) => line.startsWith(`| ${row} `)) ?? '';

const SHORT: Readonly<Record<string, string>> = { 'hostile-input': 'services/control-plane/src/apps/hostile-input.int.spec.ts' };
/** The file that the page means. */
function fileOf(name: string): URL {
  const path = name.replace(/^attacks\/(\w+)$/, 'builds/attacks/$1.int.spec.ts');
  return [new URL(path, worker), new URL(SHORT[name] ?? path, root)].find((url) => existsSync(url)) ?? new URL(name, root);
}

/** The tests that a row names: each file, and the beginnings of titles in it. */
function named(row: string): { readonly file: URL; readonly titles: readonly string[] }[] {
  const cell = rowOf(row).split(' | ').at(-1) ?? '';
  return [...cell.matchAll(/`([^`]+)`([^`]*)/g)].map(([, name = '', after = '']) => ({ file: fileOf(name), titles: [...after.matchAll(/“([^”]+?) ?…?”/g)].map(([, title = '']) => title) }));
}

describe.each(Array.from({ length: 18 }, (_, i) => `B${i + 1}`))('%s', (row) => {
  it('is tried by tests that docs/build-sandbox.md names, and they are there', () => {
    const tests = named(row);
    expect(tests.filter(({ file }) => file.pathname.endsWith('.spec.ts'))).not.toEqual([]);
    // Of a title that is made of a table, the row's number and the words stand apart.
    for (const { file, titles } of tests) for (const words of titles.flatMap((title) => title.split(/^((?:B\d+ )+)/))) expect(read(file), file.pathname).toContain(words);
  });
});

const files = readdirSync(new URL('builds/attacks/', worker)).filter((name) => name.endsWith('.int.spec.ts')).map((name) => ({ name, text: read(new URL(`builds/attacks/${name}`, worker)) }));

describe.each(files)('$name', ({ name, text }) => {
  it('has only attacks that the page names', () => {
    const rows = new Set([...text.matchAll(/\bit(?:\.\w+\([^]*?\))?\('((?:B\d+ )+)/g)].flatMap(([, found = '']) => found.trim().split(' ')));
    expect([...rows]).not.toEqual([]);
    for (const row of rows) expect(rowOf(row), row).toContain(`attacks/${name.replace('.int.spec.ts', '')}`);
  });

  it('sees to it that they harmed nobody, before and after anything else', () => {
    expect(/^harmsNobody\(\);\n(?<rest>[^]*)/m.exec(text)?.groups?.['rest']).toMatch(/^describe/m);
  });
});
